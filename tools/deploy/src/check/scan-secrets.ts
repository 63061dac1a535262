import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageFiles } from '../package/package-files.ts';
import { findSecrets, type FoundSecret } from './find-secrets.ts';
import { withWorkingTree } from './git-files.ts';
import type { KnownSecret } from './known-secret.ts';
import type { CheckProblem } from './problem.ts';
import { environmentSecrets, readEnvFiles } from './read-env-files.ts';
import { readLocalConfig } from './read-local-config.ts';

/** Larger files are data: nobody types a key into them. */
const largestScannedBytes = 8 * 1024 * 1024;
/** Where people leave keys though the files themselves do not ship. */
const alsoOwn = /(?:^|\/)(?:\.env[^/]*|[^/]+\.ipynb|local\.settings\.json)$|^config\//;
/** Native code is compiled and holds bytes that look like anything. */
const isNative = /\.(?:node|so(?:\.\d+)*)$/;

/** What a scan found, and what it looked for. */
export interface ScannedSecrets {
  readonly problems: readonly CheckProblem[];
  /** Never with a value. */
  readonly notices: readonly string[];
}

/**
 * Looks for secrets in the package, in the sources it was made of, and in the working tree: known
 * values everywhere, shapes of keys in what ships, in notebooks, in env files and in configuration.
 * A file of secrets may hold them as long as git ignores it; one that git would take is refused. A
 * source that git ignores is refused as a whole, since nobody else has it.
 *
 * @param args.sources The files the package was made of, relative to the workspace.
 * @param args.known Further values that must not be found, such as secrets of the environment.
 */
export async function scanSecrets(args: {
  workspace: string;
  files: PackageFiles;
  sources: readonly string[];
  known?: readonly KnownSecret[];
  environment?: Readonly<Record<string, string | undefined>>;
}): Promise<ScannedSecrets> {
  const { workspace, sources } = args;
  const known = [
    ...(args.known ?? []),
    ...(await readLocalConfig(workspace)),
    ...(await readEnvFiles(workspace)),
    ...environmentSecrets(args.environment ?? {}),
  ];
  const tree = await withWorkingTree(workspace, async ({ files, ignored }) => ({
    files: new Set(files),
    ignored: await ignored(sources),
  }));
  const inTree = tree?.files ?? new Set<string>();
  const shipped = new Set(sources);
  const found: FoundSecret[] = [];
  for (const file of new Set([...sources, ...inTree])) {
    const text = await readText(join(workspace, file));
    const shapes = shipped.has(file) || alsoOwn.test(file) ? 'own' : 'none';
    found.push(...(await findSecrets({ file, text, known, shapes })));
  }
  const foundInSources = new Set(found.map(({ what }) => what));
  for (const [path, bytes] of args.files) {
    const text = isNative.test(path) ? latin1(bytes) : new TextDecoder().decode(bytes);
    const inFile = await findSecrets({
      file: `the packed ${path}`,
      text,
      known,
      shapes: isNative.test(path) ? 'none' : 'others',
    });
    // Once said of the source, it need not be said of the bundle.
    found.push(...inFile.filter(({ what }) => !foundInSources.has(what)));
  }
  const where = known.map(({ from }) => from).join(', ');
  return {
    problems: [...(tree?.ignored ?? []).map(ignoredProblem), ...found.map(foundProblem)],
    notices: [
      ...(known.length === 0 ? [] : [`looked everywhere for the values of ${where}`]),
      ...(tree === null ? ['without git, only what ships was looked at for secrets'] : []),
    ],
  };
}

async function readText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > largestScannedBytes) return '';
    return await readFile(path, 'utf8');
  } catch {
    // Deleted in the working tree and still in the index.
    return '';
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function ignoredProblem(file: string): CheckProblem {
  return {
    check: 'secrets',
    message: `${file} would ship, and git ignores it.`,
    fix: 'Commit it if it belongs to the app; else do not import it.',
  };
}

function foundProblem({ file, line, what }: FoundSecret): CheckProblem {
  return {
    check: 'secrets',
    message: `${file}:${line} holds ${what}.`,
    fix: 'Take it out or let git ignore the file where it is yours alone, give it with `npx mispriced secrets set NAME --stack STACK`, and let whoever issued it draw a new one if it was ever committed.',
  };
}
