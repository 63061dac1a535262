import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Decision } from '@mispriced/core';
import { declaredResources, runTool } from '@mispriced/environment';
import type { PreviewInputs } from '../inputs/preview-inputs.ts';
import type { PreviewData } from '../preview-data.ts';
import { baseDecisions } from './base-decisions.ts';
import type { BaseTree } from './base-tree.ts';
import { compareDeclared } from './compare-declared.ts';
import { compareStackFiles, compareStacks } from './compare-stacks.ts';
import { compareZips } from './compare-zips.ts';

/** What of the base could be had. */
export interface MeasuredBase {
  readonly base: PreviewData['base'];
  readonly decisions: readonly Decision[] | null;
}

/**
 * Asks the base's own code for what a pull request is compared with: what it declares, its package,
 * and its decisions on the same inputs. What fails is told and left out; the rest is had all the same.
 *
 * @param args.name What the base is called in the comment.
 * @param args.zip This commit's package; null where there is none.
 * @param args.modelFolder A model for both; null for the one that each commit brings.
 * @param args.attempt Gives null for what fails, and keeps why.
 */
export async function measureBase(args: {
  workspace: string;
  tree: BaseTree;
  name: string;
  stackName: string;
  slot: string;
  inputs: PreviewInputs;
  modelFolder: string | null;
  zip: Uint8Array | null;
  attempt: <Result>(work: () => Promise<Result>) => Promise<Result | null>;
}): Promise<MeasuredBase> {
  const { workspace, stackName, zip, attempt } = args;
  const { folder, commit } = args.tree;
  const infrastructure = await attempt(async () =>
    compareDeclared(
      await declaredResources(workspace, stackName),
      await declaredResources(folder, stackName),
    ),
  );
  const stacks = await attempt(() => compareStacks(workspace, folder));
  const stackSettings = await attempt(() => compareStackFiles(workspace, folder));
  const packed = await attempt(() => packIn(folder));
  const differences =
    packed === null || zip === null
      ? null
      : await attempt(async () => compareZips(packed, zip, await codeDiffers(workspace, commit)));
  const decisions = await attempt(() =>
    baseDecisions({
      ...args,
      folder,
      scratch: join(folder, '.preview'),
      modelFolder: args.modelFolder ?? join(folder, 'tools/train/demo-model'),
    }),
  );
  return {
    base: {
      reference: args.name,
      commit,
      infrastructure,
      stacks,
      stackSettings,
      differences,
      packageBytes: packed?.length ?? null,
    },
    decisions,
  };
}

/** Whether the app's own sources are not as they were in a commit. */
async function codeDiffers(workspace: string, commit: string): Promise<boolean> {
  const words = ['diff', '--name-only', commit, '--', 'apps', 'libs'];
  const changed = await runTool({ program: 'git', words, folder: workspace });
  return changed.split('\n').some((path) => /\.(?:ts|json)$/.test(path) && !isTest(path));
}

function isTest(path: string): boolean {
  return /\.test\.ts$|\/test\//.test(path);
}

async function packIn(folder: string): Promise<Uint8Array> {
  const file = join(folder, '.preview-package.zip');
  const program = join(folder, 'tools/cli/bin/mispriced.mjs');
  await runTool({
    program: process.execPath,
    words: [program, 'package', '--out', file, '--json'],
    folder,
  });
  return readFile(file);
}
