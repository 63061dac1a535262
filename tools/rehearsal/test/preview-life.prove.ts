import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { type GitHub, startGitHub } from '@mispriced/testing/github';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { strategyPackage } from '../src/index.ts';
import { killWhile, openPreviewRehearsal, type PreviewRehearsal } from './previews/rehearse.ts';

const pulumi = await pulumiOrSkip();
const repository = 'quant/mispriced';

/** One preview's life and another's sudden death, as a pipeline types it. */
describe.skipIf(pulumi === null)('previews', { timeout: 600_000 }, () => {
  let previews: PreviewRehearsal;
  let github: GitHub;
  let untouched: readonly string[];
  let packageFile: string;

  beforeAll(async () => {
    const [opened, built] = await Promise.all([openPreviewRehearsal(), strategyPackage()]);
    [previews, packageFile] = [opened, built.file];
    // Commands trust the certificate of the local cloud.
    github = await startGitHub({ certificateFolder: join(previews.folder, 'cloud') });
    untouched = previews.inventory();
  }, 600_000);
  afterAll(async () => {
    await previews.close();
    await github.close();
  });
  const made = (name: string): string => join(previews.folder, 'dist/previews', name);
  const onGithub = (words: readonly string[]) => {
    const permissions = { 'pull-requests': 'write' } as const;
    // No more of the job: in a pipeline's nobody looks whether a killed command lives on.
    const { GITHUB_TOKEN = '', GITHUB_API_URL = '' } = github.startJob({ repository, permissions });
    const environment = { GITHUB_TOKEN, GITHUB_API_URL };
    return previews.value([...words, '--repository', repository], environment);
  };
  const comments = () => github.comments(repository);

  it('come up, trade once on paper with a key of their own, and report', async () => {
    // In a fresh clone there is no folder for what is made.
    const [data, report] = ['data.json', 'report.html'].map((each) => made(each));
    const words = ['--package', packageFile, '--no-base', '--out', data, '--report', report];
    const shown = await previews.value(['preview', '--pr', '12', ...words.map(String)]);
    expect(shown).toMatchObject({
      status: 'live',
      error: null,
      stack: 'pr-12',
      target: 'local',
      findings: [],
      run: { status: 'traded', mode: 'paper', listed: 250, bought: 40 },
    });
    expect(JSON.parse(await readFile(String(data), 'utf8'))).toEqual(shown);
    expect(await readFile(String(report), 'utf8')).toContain('<html');
    expect(await previews.rehearsal.market.orders()).toEqual([]);
    const secrets = await previews.value(['secrets', 'list', '--stack', 'pr-12']);
    expect(secrets).toMatchObject({ secrets: [{ key: 'trading_api_key' }] });
  });

  it('are told of in one comment', async () => {
    const words = ['preview-comment', '--pr', '12', '--data', made('data.json')];
    expect(await onGithub(words)).toMatchObject({ action: 'created' });
    expect(await onGithub(words)).toMatchObject({ action: 'unchanged' });
    expect(comments()).toHaveLength(1);
    expect(comments()[0]?.body).toContain('## Preview of `pr-12` is up; its run ended well');
    expect(comments()[0]?.body).toMatch(/\[status of the app\]\(<https:\/\/[^>]+>\)/);
  });

  it('are listed with their age, their end and their health', async () => {
    const listed = await previews.value(['preview-list']);
    expect(listed).toMatchObject([{ pr: 12, ageHours: 0, expired: false, health: 'healthy' }]);
    const [{ expiry }] = listed as [{ expiry: string }];
    const hours = (Date.parse(expiry) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71);
    expect(hours).toBeLessThanOrEqual(72);
  });

  it('go, once killed while they came up, and once their pull request is closed', async () => {
    await killWhile(previews, ['preview', '--pr', '13', '--no-base', '--package', packageFile]);
    const halfMade = { pr: 13, health: 'half-made' };
    const listed = (await previews.value(['preview-list'])) as object[];
    expect(listed[1]).toMatchObject(halfMade);
    github.setPullRequest(repository, 12, 'closed');
    github.setPullRequest(repository, 13, 'open');
    const sweep = ['preview-sweep', '--idle-minutes', '0'];
    expect(await onGithub([...sweep, '--dry-run'])).toMatchObject([
      { pr: 12, reason: 'closed', result: 'would remove' },
      { pr: 13, reason: 'half-made', result: 'would remove' },
    ]);
    expect(await onGithub(sweep)).toMatchObject([
      { pr: 12, reason: 'closed', result: 'removed' },
      { pr: 13, reason: 'half-made', result: 'removed' },
    ]);
    expect(previews.heard().filter((line) => line.includes('lifting the lock'))).toHaveLength(1);
    expect(previews.inventory()).toEqual(untouched);
    expect(await previews.value(['preview-list'])).toEqual([]);
    const recorded = await previews.recorded();
    expect(recorded.filter((path) => /pr-\d/.test(path))).toEqual([]);
    expect(recorded.length).toBeGreaterThan(0);
  });

  it('say goodbye in their comment, and are no mistake when they are gone already', async () => {
    await onGithub(['preview-comment', '--pr', '12', '--gone']);
    expect(comments().map(({ body }) => body.split('\n')[2])).toEqual([
      '## The preview of `pr-12` is gone',
    ]);
    expect(await previews.value(['preview-down', '--pr', '12'])).toMatchObject({ groups: [] });
    expect(await onGithub(['preview-sweep'])).toEqual([]);
  });

  it('are not made from settings that no preview may have', async () => {
    const wrong = ['--config', 'location=atlantis', '--no-base', '--package', packageFile];
    const end = await previews.command(['preview', '--pr', '14', '--json', ...wrong]);
    expect(end.exitCode).toBe(1);
    expect(JSON.parse(end.stdout)).toMatchObject({
      status: 'failed',
      changes: null,
      error: { code: 'CONFIG_INVALID', message: expect.stringContaining('atlantis') as string },
    });
    const file = join(previews.folder, 'no-data.json');
    const words = ['preview-comment', '--pr', '1', '--repository', 'a/b', '--data', file];
    for (const text of ['{}', ' '.repeat(17 * 1024 * 1024)]) {
      await writeFile(file, text);
      expect((await previews.command(words)).stderr).toContain('DATA_INVALID');
    }
    await previews.value(['preview-down', '--pr', '14']);
    expect(previews.inventory()).toEqual(untouched);
  });
});
