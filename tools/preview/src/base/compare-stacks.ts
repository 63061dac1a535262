import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declaredInStacks } from '@mispriced/environment';
import { parseStackName } from '@mispriced/infra/stack';
import { parse } from 'yaml';
import { readStackSettings } from '../plan/read-stack-settings.ts';
import type { PreviewData } from '../preview-data.ts';
import { compareDeclared } from './compare-declared.ts';
import { leaves } from './leaves.ts';

type Base = NonNullable<PreviewData['base']>;

/** The stacks that a merge reaches, the most dangerous first. */
const stackNames = ['prod', 'staging', 'dev'];

/** What two working trees declare otherwise for the stacks that last, each by its committed settings. */
export async function compareStacks(
  here: string,
  base: string,
): Promise<NonNullable<Base['stacks']>> {
  const [after, before] = [await declaredStacks(here), await declaredStacks(base)];
  return stackNames.map((stack) => ({
    stack,
    changes: compareDeclared(after[stack] ?? [], before[stack] ?? []),
  }));
}

async function declaredStacks(folder: string) {
  const infra = join(folder, 'infra');
  const settings = await Promise.all(
    stackNames.map(async (name) => [name, await readStackSettings(infra, name)] as const),
  );
  return declaredInStacks(folder, Object.fromEntries(settings));
}

/** Which values of the committed `infra/Pulumi*.yaml` are not the same in two working trees. */
export async function compareStackFiles(
  here: string,
  base: string,
): Promise<NonNullable<Base['stackSettings']>> {
  const [after, before] = [await committedValues(here), await committedValues(base)];
  return [...new Set([...after.keys(), ...before.keys()])]
    .filter((name) => after.get(name) !== before.get(name))
    .toSorted((left, right) => rank(left) - rank(right))
    .map((name) => ({ name, before: before.get(name) ?? null, after: after.get(name) ?? null }));
}

function rank(name: string): number {
  const found = stackNames.findIndex((stack) => name.startsWith(`infra/Pulumi.${stack}.yaml `));
  return found === -1 ? stackNames.length : found;
}

async function committedValues(folder: string): Promise<ReadonlyMap<string, string>> {
  const infra = join(folder, 'infra');
  const files = (await readdir(infra)).filter(isCommitted);
  const values = await Promise.all(
    files.map(async (file) =>
      leaves(parse(await readFile(join(infra, file), 'utf8')), `infra/${file} `),
    ),
  );
  return new Map(values.flat());
}

/** What belongs to one machine or one preview is written beside them, and git ignores it. */
function isCommitted(file: string): boolean {
  const [, name] = /^Pulumi(?:\.([^.]+))?\.yaml$/.exec(file) ?? [];
  if (name === undefined) return file === 'Pulumi.yaml';
  const stack = parseStackName(name);
  return typeof stack === 'string' || !['preview', 'local'].includes(stack.kind);
}
