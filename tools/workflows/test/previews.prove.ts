import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { cloneRepository } from '@mispriced/preview/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPipeline, type Pipeline, repository } from './support/open-pipeline.ts';
import type { StepEnd } from './support/run-job.ts';
import { repositoryRoot } from './support/workflows.ts';

let pipeline: Pipeline;
let clone: string;
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: repositoryRoot })
  .toString()
  .trim();
/** What anybody may call a branch that others are merged into. */
const branch = 'release/<img/src=x>@octocat`|';
const event = {
  number: 12,
  pull_request: { number: 12, base: { sha: commit, ref: branch }, head: { sha: commit } },
  repository: { default_branch: 'main' },
};
const comments = () => pipeline.gitHub.comments(repository, 12);
const groups = () =>
  pipeline.rehearsal.cloud.context.resources
    .ofType('Microsoft.Resources/resourceGroups')
    .filter(({ body }) => body.tags?.['stack'] === 'pr-12');

beforeAll(async () => {
  // A runner has nothing but what is committed: no folder for what is made, no result of a build.
  clone = await cloneRepository(repositoryRoot);
  pipeline = await openPipeline(['preview'], clone);
  pipeline.gitHub.setPullRequest(repository, 12, 'open');
}, 600_000);
afterAll(async () => {
  await pipeline.close();
  await rm(clone, { recursive: true, force: true });
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
    expectGood(await pipeline.job('preview/up', { event }), 1);
    expect(groups()).toHaveLength(1);
    expect(comments()).toEqual([]);
    expectGood(await pipeline.job('preview/comment', { event }), 2);
    expect(comments()).toHaveLength(1);
    const body = comments()[0]?.body ?? '';
    expect(body).toContain('## Preview of `pr-12` is up; its run ended well');
    expect(body).toContain('### Decisions against `release/<img/src=x>@octocat\\u{60}\\u{7c}`');
    expect(body).not.toContain('Not everything is compared');
    expect(body).toContain('[report of the run](<https://github.example/artifacts/report>)');
  });

  it('keeps it while it is open and wanted', async () => {
    expectGood(await pipeline.job('preview-sweep/sweep'), 1);
    expect(groups()).toHaveLength(1);
  });

  it('loses it when it is closed, and the comment says so', async () => {
    const before = comments()[0]?.body;
    expectGood(await pipeline.job('preview/down', { event }), 1);
    expect(groups()).toEqual([]);
    expectGood(await pipeline.job('preview/goodbye', { event }), 1);
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).not.toBe(before);
  });

  it("leaves nothing of it in Pulumi's record, neither a copy nor a history", async () => {
    const { names } = await pipeline.stateOf('preview');
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => /pr-\d/.test(name))).toEqual([]);
  });
});
