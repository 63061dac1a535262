import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findKey } from '@mispriced/config';
import { parse } from 'yaml';
import { placeOf, shortestSecret, type KnownSecret } from './known-secret.ts';

/** The personal layer of the configuration, the one that may hold secrets. */
const localFile = 'config/local.yaml';

/**
 * The values of `config/local.yaml` that may be secrets: those of settings that hold one or that
 * people put one in by mistake, and those of keys that nobody knows. A file that cannot be read as
 * YAML is given up line by line.
 */
export async function readLocalConfig(workspace: string): Promise<readonly KnownSecret[]> {
  const text = await readFile(join(workspace, localFile), 'utf8').catch(() => '');
  return leaves(parseOrSplit(text), '').flatMap(({ key, value }) => {
    const known = findKey(key)?.known;
    const mayBeSecret = known === undefined || known.secret === true || known.sensitive === true;
    if (!mayBeSecret || value.length < shortestSecret) return [];
    const at = Math.max(0, text.indexOf(value));
    return [{ value, from: placeOf({ file: localFile, text, at, name: key }) }];
  });
}

function parseOrSplit(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return Object.fromEntries(
      text.split('\n').flatMap((line, index) => {
        const value = /^[^#:]+:\s*(\S.*?)\s*$/.exec(line)?.[1];
        return value === undefined
          ? []
          : [[`line ${index + 1}`, value.replaceAll(/^["']|["']$/g, '')]];
      }),
    );
  }
}

function leaves(value: unknown, key: string): readonly { key: string; value: string }[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return [{ key, value: String(value) }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    leaves(each, key === '' ? name : `${key}.${name}`),
  );
}
