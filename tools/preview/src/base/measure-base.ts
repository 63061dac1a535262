import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Decision } from '@mispriced/core';
import type { PreviewInputs } from '../inputs/preview-inputs.ts';
import type { PreviewData } from '../preview-data.ts';
import { baseDecisions } from './base-decisions.ts';
import { openBaseTree } from './base-tree.ts';
import { compareZips } from './compare-zips.ts';
import { compareDeclared, declaredResources } from './declared-resources.ts';
import { runTool } from './run-tool.ts';

/** What of the base could be had, and in one sentence what could not. */
export interface MeasuredBase {
  readonly base: PreviewData['base'];
  readonly decisions: readonly Decision[] | null;
  readonly problem: string | null;
}

/**
 * Asks the base's own code for what a pull request is compared with: what it declares, its package,
 * and its decisions on the same inputs. What fails is told and left out; the rest is had all the same.
 *
 * @param args.zip This commit's package; null where there is none.
 * @param args.modelFolder A model for both; null for the one that each commit brings.
 */
export async function measureBase(args: {
  workspace: string;
  reference: string;
  stackName: string;
  slot: string;
  inputs: PreviewInputs;
  modelFolder: string | null;
  zip: Uint8Array | null;
  report: (line: string) => void;
}): Promise<MeasuredBase> {
  const { workspace, reference, stackName, zip, report } = args;
  const problems: string[] = [];
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await work();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  report(`comparing with ${reference}`);
  const tree = await attempt(() => openBaseTree({ workspace, reference, report }));
  if (tree === null) return { base: null, decisions: null, problem: problems.join(' ') };
  const { folder, commit } = tree;
  try {
    const infrastructure = await attempt(async () =>
      compareDeclared(
        await declaredResources(workspace, stackName),
        await declaredResources(folder, stackName),
      ),
    );
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
        reference,
        commit,
        packageBytes: packed?.length ?? null,
        infrastructure,
        differences,
      },
      decisions,
      problem: problems.length === 0 ? null : problems.join(' '),
    };
  } finally {
    await tree.close();
  }
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
