import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillStores, giveMarketKey } from './support/fill-stores.ts';
import { openPipeline, type Pipeline } from './support/open-pipeline.ts';
import type { StepEnd } from './support/run-job.ts';
import { repositoryRoot } from './support/workflows.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await openPipeline(['staging', 'prod']);
  // Staging keeps storage keys here, so that there is something to renew.
  const file = 'Pulumi.staging.yaml';
  const folder = join(pipeline.rehearsal.folder, 'cloud/environments');
  await mkdir(folder, { recursive: true });
  const committed = await readFile(join(repositoryRoot, 'infra', file), 'utf8');
  await writeFile(join(folder, file), `${committed.trimEnd()}\n  mispriced:storageAuth: key\n`);
}, 600_000);
afterAll(() => pipeline.close());

/** Says why, where a step did not end well. */
function expectGood(ends: readonly StepEnd[], steps: number): void {
  for (const { run, exitCode, stdout, stderr } of ends) {
    expect(exitCode, `${run}\n${stderr.slice(-3_000)}`).toBe(0);
    expect(stdout + stderr).not.toContain(pipeline.rehearsal.cloud.administrator.clientSecret);
  }
  expect(ends).toHaveLength(steps);
}

const keysOf = async (stage: string): Promise<readonly string[]> => {
  const { cloud } = pipeline.rehearsal;
  const account = cloud.context.resources
    .ofType('Microsoft.Storage/storageAccounts')
    .find((each) => each.body.tags?.['stack'] === stage);
  const path = `${account?.id ?? ''}/listKeys?api-version=2024-01-01`;
  const { body } = await cloud.request('POST', path);
  return (body as { keys: readonly { value: string }[] }).keys.map(({ value }) => value);
};

/** The way of a release, by the steps that lead it, each signed in as the identity of its stage. */
describe('a release', { timeout: 600_000 }, () => {
  const rotate = (instead?: (run: string) => string) =>
    pipeline.job('rotate-keys/rotate', {
      matrix: { stack: 'staging' },
      ...(instead !== undefined && { instead }),
    });

  it.each(['staging', 'prod'] as const)('comes to %s', async (stage) => {
    const ends = await pipeline.job(`deploy/${stage}`, {
      meanwhile: {
        [`npx mispriced deploy --stack ${stage} --yes`]: async () => {
          if (stage === 'staging') expectGood(await rotate(), 1);
          await giveMarketKey(pipeline.rehearsal, stage);
          await fillStores(pipeline.rehearsal, stage);
        },
      },
    });
    expectGood(ends, 2);
    expect(ends[0]?.stdout).toContain(`${stage} is up`);
    expect(ends[1]?.stdout).toMatch(new RegExp(`^done: .* runs in mispriced-${stage}-`));
  });

  it('has its keys left alone while they are young, and renewed when they are old', async () => {
    const before = await keysOf('staging');
    expectGood(await rotate(), 1);
    expect(await keysOf('staging')).toEqual(before);
    const ends = await rotate((run) =>
      run.replace('--max-age-days 60', '--max-age-days 0 --grace-seconds 0 --margin-seconds 0'),
    );
    expectGood(ends, 1);
    const after = await keysOf('staging');
    expect(after.filter((key) => before.includes(key))).toEqual([]);
    for (const key of [...before, ...after]) {
      expect(ends[0]?.stdout ?? '').not.toContain(key);
      expect(ends[0]?.stderr ?? '').not.toContain(key);
    }
  });
});
