import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trustLocalCloud } from '@mispriced/local-cloud';
import { type GitHub, type JobArgs, startGitHub } from '@mispriced/testing/github';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftBody } from '../src/drift-text.ts';
import { openRepository, reportDrift } from '../src/index.ts';

const change = (name: string, properties: string[] = ['properties.httpsOnly']) => ({
  operation: 'update',
  type: 'azure-native:web:WebApp',
  name,
  properties,
});
let folder: string;
let gitHub: GitHub;
let repositories = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'github-'));
  gitHub = await startGitHub({ certificateFolder: folder });
  trustLocalCloud(join(folder, 'local-cloud.pem'));
});
afterAll(async () => {
  await gitHub.close();
  await rm(folder, { recursive: true, force: true });
});

/** A repository of its own for each test, as a job sees it. */
function open(permissions: JobArgs['permissions'] = { issues: 'write' }) {
  const repository = `someone/repository-${(repositories += 1)}`;
  const environment = gitHub.startJob({ repository, permissions });
  return {
    issues: () => gitHub.issues(repository),
    report: (changes: ReturnType<typeof change>[], stackName = 'dev', run = '1') =>
      reportDrift({
        changes,
        stackName,
        repository: openRepository({
          ...environment,
          GITHUB_SERVER_URL: 'https://github.example',
          GITHUB_RUN_ID: run,
        }),
      }),
  };
}

describe('the issue about drift', () => {
  it('is opened once, updated in place, and closed when nothing differs', async () => {
    const { report, issues } = open();
    expect(await report([])).toEqual({ issue: null, done: 'none' });
    expect(await report([change('app')])).toEqual({ issue: 1, done: 'opened' });
    expect(await report([change('app')], 'dev', '2')).toEqual({ issue: 1, done: 'unchanged' });
    expect(await report([change('app'), change('other')])).toEqual({ issue: 1, done: 'updated' });
    expect(issues()).toMatchObject([
      {
        state: 'open',
        labels: [{ name: 'drift' }],
        body: expect.stringContaining(
          '`web:WebApp` `other` differs: `properties.httpsOnly`',
        ) as string,
      },
    ]);
    expect(await report([])).toEqual({ issue: 1, done: 'closed' });
    expect(await report([change('app')])).toEqual({ issue: 2, done: 'opened' });
    expect(issues().map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('is one for each stack, found among more than a page of others', async () => {
    const { report, issues } = open();
    await report([change('app')], 'prod');
    for (let count = 0; count < 105; count += 1) await report([change('app')], `pr-${count}`);
    expect(await report([change('app')], 'dev')).toMatchObject({ done: 'opened' });
    expect(await report([change('app')], 'prod')).toEqual({ issue: 1, done: 'unchanged' });
    expect(issues()).toHaveLength(107);
  });

  it('says which permission a token lacks', async () => {
    const { report } = open({ issues: 'read' });
    await expect(report([change('app')])).rejects.toMatchObject({
      code: 'GITHUB_REFUSED',
      fix: expect.stringContaining('issues: write') as string,
    });
  });

  it('asks for everything that it lacks', () => {
    expect(() => openRepository({})).toThrow(/GITHUB_REPOSITORY.*GITHUB_TOKEN/);
  });

  it('holds names that want to be more than names', () => {
    const hostile = ['`` <img src=x> ``', 'a\n\n# Heading', '@everyone', '--> <script>', '`'];
    const body = driftBody({
      stackName: 'dev',
      runUrl: null,
      changes: hostile.map((name) => change(name, [name])),
    });
    const lines = body.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toHaveLength(hostile.length);
    expect(body).not.toMatch(/^#/m);
    // Without its code spans nothing is left of a name.
    for (const line of lines) {
      expect(line.replaceAll(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '')).toMatch(/^- {2} differs: ?$/);
    }
  });

  it('is cut where GitHub would refuse it', () => {
    const changes = Array.from({ length: 2_000 }, (_none, index) => change(`app-${index}`));
    const body = driftBody({ stackName: 'dev', runUrl: null, changes });
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/- and \d+ more\n/);
    expect(body).toContain('npx mispriced up --stack dev');
  });
});
