import { findKnownFormats } from './find-known-formats.ts';
import type { KnownSecret } from './known-secret.ts';
import { publishedKeys, secretShapes } from './secret-shapes.ts';

/** A place where a secret stands that must not. It never holds the secret itself. */
export interface FoundSecret {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/**
 * Looks for secrets in one file: known values, as they are or as base64 or a URL would write them,
 * and keys that can be told by how they look, by secretlint's rules and by ours for what it does not
 * know.
 *
 * @param args.shapes `own` for what people write here, `others` for code from elsewhere.
 */
export async function findSecrets(args: {
  file: string;
  text: string;
  known: readonly KnownSecret[];
  shapes: 'own' | 'others' | 'none';
}): Promise<readonly FoundSecret[]> {
  const { file, shapes } = args;
  const text = publishedKeys.reduce((rest, key) => rest.replaceAll(key, ''), args.text);
  const found: FoundSecret[] = [];
  for (const { value, from } of args.known) {
    const at = spellings(value).flatMap((written) => places(text, written));
    found.push(
      ...onePerLine(text, at).map((line) => ({ file, line, what: `the value of ${from}` })),
    );
  }
  if (shapes === 'none') return found;
  const isOurs = shapes === 'own';
  for (const { name, pattern, ownSourcesOnly } of secretShapes) {
    if (ownSourcesOnly === true && !isOurs) continue;
    const everywhere = new RegExp(pattern, `${pattern.flags}g`);
    const at = [...text.matchAll(everywhere)].map(({ index }) => index);
    const what = `what looks like ${name}`;
    found.push(...onePerLine(text, at).map((line) => ({ file, line, what })));
  }
  for (const { name, rule, line } of await findKnownFormats({ file, text, isOurs })) {
    const what = `what looks like ${name}`;
    // Once said by a shape of ours or another rule, it need not be said again.
    if (found.some((other) => other.line === line && other.what.startsWith(what))) continue;
    found.push({ file, line, what: `${what} (rule ${rule})` });
  }
  return found;
}

function places(text: string, part: string): readonly number[] {
  const at: number[] = [];
  for (let next = text.indexOf(part); next >= 0; next = text.indexOf(part, next + part.length)) {
    at.push(next);
  }
  return at;
}

function onePerLine(text: string, at: readonly number[]): readonly number[] {
  return [...new Set(at.map((index) => lineAt(text, index)))].toSorted((one, other) => one - other);
}

function spellings(value: string): readonly string[] {
  const inJson = JSON.stringify(value).slice(1, -1);
  const base64 = Buffer.from(value).toString('base64').replace(/=+$/, '');
  return [...new Set([value, inJson, encodeURIComponent(value), base64])];
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
