import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, type ConfigProblem, type LayerName } from '../problem.ts';
import type { Stage } from '../stage.ts';

/** Reads a text by its path in the repository (`config/prod.yaml`); undefined where there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** Reads from a folder: the repository's root, or wherever its `config` folder was put. */
export function readTextsIn(folder: string): ReadText {
  return async (path) => {
    try {
      return await readFile(join(folder, path), 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw error;
    }
  };
}

/** Reads from texts at hand: those a bundler put into the package, or a test's. */
export function readTextsFrom(texts: Readonly<Record<string, string>>): ReadText {
  return (path) => Promise.resolve(Object.hasOwn(texts, path) ? texts[path] : undefined);
}

/** A file of the configuration that was read, or why it was not; null for one that need not be there. */
type StandardFile = { readonly layer: LayerName; readonly name: string } & (
  { readonly text: string } | { readonly problem: ConfigProblem }
);

async function readOne(
  readText: ReadText,
  { layer, path, needed }: { layer: LayerName; path: string; needed: boolean },
): Promise<StandardFile | null> {
  const failed = (message: string, fix: string): StandardFile => {
    const source = { layer, where: path };
    return { layer, name: path, problem: invalid({ key: null, source, message, fix }) };
  };
  try {
    const text = await readText(path);
    if (text !== undefined) return { layer, name: path, text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return failed(`The file cannot be read (${code}).`, 'Make it readable, or take it away.');
  }
  if (!needed) return null;
  return failed(
    'The file is not there.',
    'Put it back from the repository; a deployed package must hold it.',
  );
}

/**
 * The files of the configuration: `config/defaults.yaml`, `config/<stage>.yaml` and `config/local.yaml`. The
 * stage `local` has no file of its own, since `config/local.yaml` is each person's own; the local
 * cloud hands its settings over in the environment.
 */
export async function readStandardFiles(
  readText: ReadText,
  stage: Stage,
): Promise<readonly StandardFile[]> {
  const files: { layer: LayerName; path: string; needed: boolean }[] = [
    { layer: 'defaults', path: 'config/defaults.yaml', needed: true },
    { layer: 'stage', path: `config/${stage}.yaml`, needed: true },
    { layer: 'local', path: 'config/local.yaml', needed: false },
  ];
  const read = files
    .filter(({ layer }) => layer !== 'stage' || stage !== 'local')
    .map((file) => readOne(readText, file));
  return (await Promise.all(read)).filter((file) => file !== null);
}
