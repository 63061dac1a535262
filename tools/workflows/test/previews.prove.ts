import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPipeline, type Pipeline, repository } from './support/open-pipeline.ts';
import type { StepEnd } from './support/run-job.ts';
import { repositoryRoot } from './support/workflows.ts';

let pipeline: Pipeline;
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: repositoryRoot })
  .toString()
  .trim();
const event = {
  number: 12,
  pull_request: { number: 12, base: { sha: commit }, head: { sha: commit } },
  repository: { default_branch: 'main' },
};
const comments = () => pipeline.gitHub.comments(repository, 12);
const groups = () =>
  pipeline.rehearsal.cloud.context.resources
    .ofType('Microsoft.Resources/resourceGroups')
    .filter(({ body }) => body.tags?.['stack'] === 'pr-12');

beforeAll(async () => {
  pipeline = await openPipeline(['preview']);
  pipeline.gitHub.setPullRequest(repository, 12, 'open');
}, 120_000);
afterAll(async () => {
  await pipeline.close();
  for (const name of ['preview.json', 'preview.html']) {
    await rm(join(repositoryRoot, 'dist', name), { force: true });
  }
});

/** Says why, where a step did not end well. */
function expectGood(ends: readonly StepEnd[], steps: number): void {
  for (const { run, exitCode, stderr } of ends) {
    expect(exitCode, `${run}\n${stderr.slice(-4_000)}`).toBe(0);
  }
  expect(ends).toHaveLength(steps);
}

/** The life of a preview as its workflows lead it, on the local cloud. */
describe('a pull request', { timeout: 900_000 }, () => {
  it('gets an environment and one comment', async () => {
    expectGood(await pipeline.job('preview/up', { event }), 2);
    expect(groups()).toHaveLength(1);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain('pr-12');
  });

  it('keeps it while it is open and wanted', async () => {
    expectGood(await pipeline.job('preview-sweep/sweep'), 1);
    expect(groups()).toHaveLength(1);
  });

  it('loses it when it is closed, and the comment says so', async () => {
    const before = comments()[0]?.body;
    expectGood(await pipeline.job('preview/down', { event }), 2);
    expect(groups()).toEqual([]);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).not.toBe(before);
  });
});
