import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { previewDataSchema, type PreviewData, renderComment } from '@mispriced/preview';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RehearsedStack, strategyPackage } from '../src/index.ts';
import { openPullRequest } from './previews/pull-request.ts';
import { reach, type PreviewOutputs } from './previews/reach.ts';
import { killWhile, openPreviewRehearsal, type PreviewRehearsal } from './previews/rehearse.ts';

const numbers = ['1', '11', '30'] as const;
/** An hour's part that is long enough to come up in, and short enough to wait for: 90 seconds. */
const shortLife = '0.025';
const managed = ['keys of the account', 'settings of the app', 'keys of the app', 'the group'];

/** Three previews at once beside a stack that stays, and all ways in which they end. */
describe('three previews beside dev', { timeout: 900_000 }, () => {
  let previews: PreviewRehearsal;
  let dev: RehearsedStack;
  let untouched: readonly string[];
  let recorded: readonly string[];
  let usual: readonly string[];
  const outputs = new Map<string, PreviewOutputs>();

  beforeAll(async () => {
    previews = await openPreviewRehearsal();
    dev = await previews.rehearsal.bringUp('dev');
    await dev.deploy({ bootstrap: true, words: ['--now'] });
    usual = ['--no-base', '--package', (await strategyPackage()).file];
    untouched = previews.inventory();
    recorded = await previews.recorded();
  }, 600_000);
  afterAll(() => previews.close());

  const outputsOf = (number: string) => outputs.get(number) ?? {};
  const readOutputs = (number: string) =>
    previews.value(['outputs', '--stack', `pr-${number}`]) as Promise<PreviewOutputs>;
  const listed = async () =>
    (await previews.value(['preview-list'])) as { pr: number; expired: boolean; health: string }[];
  /** What there is of one, without the container that its host makes for itself once it needs it. */
  const of = (number: string) =>
    previews
      .inventory()
      .filter((id) => id.includes(`mispriced-pr-${number}-`) && !id.includes('/azure-webjobs-'));

  it('come up at the same time, each from a process of its own, and trade on paper', async () => {
    const started = numbers.map((number) =>
      previews.rehearsal.start(['preview', '--pr', number, ...usual, '--json']),
    );
    const ends = await Promise.all(started.map(({ end }) => end));
    const runs = ends.map(({ stdout }) => JSON.parse(stdout) as PreviewData);
    for (const data of runs) {
      expect(data).toMatchObject({
        status: 'live',
        error: null,
        run: { status: 'traded', mode: 'paper', bought: 40, spent: '1000.00' },
      });
    }
    expect(new Set(runs.map(({ links }) => links.report)).size).toBe(3);
    expect(await previews.rehearsal.market.orders()).toEqual([]);
    expect(await dev.runs()).toEqual([]);
    for (const number of numbers) outputs.set(number, await readOutputs(number));
  });

  it('reach nothing of one another, nor of dev, nor dev of them', async () => {
    const all = [...numbers.map(outputsOf), dev.outputs];
    for (const identity of all) {
      for (const target of all) {
        const reached = await reach(previews, identity, target);
        expect(Object.keys(reached).length).toBeGreaterThan(16);
        // Not even its own environment may an app manage.
        for (const what of managed) expect([what, reached[what]]).toEqual([what, 403]);
        if (identity !== target) {
          expect(new Set(Object.values(reached))).toEqual(new Set([403]));
          continue;
        }
        // Else a refusal would say nothing.
        expect(reached).toMatchObject({ 'GET listing': 200, 'GET data': 200, 'GET secrets': 200 });
        expect(reached['PUT ledger']).toBe(201);
        // Dev replays too, and nobody gave it a key.
        expect(reached['GET secret']).toBe(identity === dev.outputs ? 404 : 200);
      }
    }
  });

  it('have keys of their own, none of them alike', () => {
    const { resources, secrets } = previews.rehearsal.cloud.context;
    expect(resources.ofType('Microsoft.KeyVault/vaults')).toHaveLength(4);
    const values = numbers.map((number) => {
      const [only, ...more] = secrets.all(outputsOf(number)['keyVaultId'] ?? '');
      expect([only?.name, more]).toEqual(['trading-api-key', []]);
      return only?.versions[0]?.value;
    });
    expect(new Set(values).size).toBe(3);
  });

  it('are updated in place by a push, and trade again as if for the first time', async () => {
    const before = of('11');
    const data = await previews.value([
      ...['preview', '--pr', '11', ...usual, '--ttl-hours', shortLife],
    ]);
    expect(data).toMatchObject({ status: 'live', run: { status: 'traded', bought: 40 } });
    const replaced = (data as PreviewData).changes?.filter((each) => each.operation !== 'update');
    expect(replaced).toEqual([]);
    expect(of('11')).toEqual(before);
    expect(await readOutputs('11')).toMatchObject({
      appId: outputsOf('11')['appId'],
      keyVaultId: outputsOf('11')['keyVaultId'],
    });
  });

  it('leave the others whole when one is closed, on a machine that has never seen it', async () => {
    const others = [...of('11'), ...of('30')];
    await rm(join(previews.folder, 'cloud/environments/Pulumi.pr-1.yaml'));
    await previews.value(['preview-down', '--pr', '1']);
    expect(of('1')).toEqual([]);
    expect([...of('11'), ...of('30')]).toEqual(others);
    const isExpired = async () => (await listed()).find(({ pr }) => pr === 11)?.expired;
    await expect.poll(isExpired, { timeout: 600_000, interval: 2000 }).toBe(true);
    expect(await listed()).toMatchObject([
      { pr: 11, expired: true, health: 'healthy' },
      { pr: 30, expired: false, health: 'healthy' },
    ]);
  });

  it('go by themselves when they have expired, and only then', async () => {
    expect(await previews.value(['preview-sweep'])).toMatchObject([
      { pr: 11, reason: 'expired', result: 'removed' },
      { pr: 30, reason: null, result: 'kept' },
    ]);
    expect(of('11')).toEqual([]);
  });

  it('are taken away to the end by who comes after one that was killed at it', async () => {
    await killWhile(
      previews,
      ['preview-down', '--pr', '30'],
      (count, before) => count < before - 4,
    );
    expect(of('30').length).toBeGreaterThan(0);
    await previews.value(['preview-down', '--pr', '30']);
    expect(previews.inventory()).toEqual(untouched);
    const { secrets } = previews.rehearsal.cloud.context;
    for (const number of numbers) {
      expect(secrets.all(outputsOf(number)['keyVaultId'] ?? 'none')).toEqual([]);
    }
  });

  it('are found by their tags where no record knows of them any more', async () => {
    const words = ['preview', '--pr', '31', ...usual];
    await killWhile(previews, words);
    for (const path of await previews.recorded()) {
      const place = join(previews.folder, 'cloud', path);
      if (path.includes('pr-31')) await rm(place, { recursive: true, force: true });
    }
    expect(await previews.value(['preview-sweep', '--idle-minutes', '0'])).toMatchObject([
      { pr: 31, reason: 'half-made', result: 'removed' },
    ]);
    expect(previews.inventory()).toEqual(untouched);
  });

  it('are forgotten where the record knows of what is not there any more', async () => {
    await killWhile(previews, ['preview', '--pr', '32', ...usual]);
    const [group] = previews
      .inventory()
      .filter((id) => /resourcegroups\/mispriced-pr-32-\w+$/.test(id));
    await previews.rehearsal.cloud.request('DELETE', `${group ?? ''}?api-version=2024-11-01`);
    const swept = await previews.value(['preview-sweep', '--idle-minutes', '0']);
    expect(swept).toMatchObject([{ pr: 32, reason: 'left over', result: 'removed' }]);
    expect(previews.inventory()).toEqual(untouched);
  });

  it('are completed by the same command after one that was killed', async () => {
    const words = ['preview', '--pr', '33', ...usual];
    await killWhile(previews, words);
    const before = previews.heard().length;
    expect(await previews.value(words)).toMatchObject({ status: 'live', error: null });
    const lifted = previews.heard().slice(before);
    expect(lifted.filter((line) => line.includes('lifting the lock'))).toHaveLength(1);
    expect(await listed()).toMatchObject([{ pr: 33, health: 'healthy' }]);
    await previews.value(['preview-down', '--pr', '33']);
    expect(previews.inventory()).toEqual(untouched);
  });

  it('leave nothing in the record, neither a copy nor a history', async () => {
    expect(await previews.recorded()).toEqual(recorded);
  });

  it('left dev as it was', async () => {
    expect((await dev.status())?.healthy).toBe(true);
  });
});

/** Pull requests as they come: a clone with one commit more, run by its own code. */
describe('a pull request', { timeout: 900_000 }, () => {
  let previews: PreviewRehearsal;
  let untouched: readonly string[];
  beforeAll(async () => {
    previews = await openPreviewRehearsal();
    untouched = previews.inventory();
  }, 600_000);
  afterAll(() => previews.close());

  async function preview(
    pullRequest: Awaited<ReturnType<typeof openPullRequest>>,
    number: string,
    more: readonly string[] = [],
  ) {
    const out = join(previews.folder, `data-${number}.json`);
    const words = ['preview', '--pr', number, '--base', 'HEAD~1', '--out', out];
    const end = await pullRequest.command([...words, ...more]);
    const data = previewDataSchema.parse(JSON.parse(await readFile(out, 'utf8')));
    return { ...end, data, comment: renderComment(data) };
  }

  it('that changes the threshold shows exactly the decisions that change', async () => {
    const change = { file: 'config/defaults.yaml', from: 'threshold: 0.04', to: 'threshold: 0.2' };
    const pullRequest = await openPullRequest(previews, change);
    const { exitCode, data, comment } = await preview(pullRequest, '40');
    expect([exitCode, data.error, data.baseProblem]).toEqual([0, null, null]);
    const { changed = [], compared = 0 } = data.decisions ?? {};
    expect(compared).toBe(250);
    expect(changed.length).toBeGreaterThan(0);
    for (const { here, base } of changed) {
      const edge = here?.edge ?? Number.NaN;
      expect(edge < -0.04 && edge >= -0.2).toBe(true);
      expect(here?.reason).toBe('edge-within-threshold');
      expect(base?.reason).not.toBe('edge-within-threshold');
    }
    expect(data.base?.differences).toEqual([
      {
        what: 'setting',
        name: 'config/defaults.yaml run.threshold',
        before: '0.04',
        after: '0.2',
      },
    ]);
    expect(data.base?.infrastructure).toEqual([]);
    expect(comment).toContain('setting `config/defaults.yaml run.threshold`: `0.04` → `0.2`');
    await previews.value(['preview-down', '--pr', '40']);
    await pullRequest.close();
  });

  it('over a listing that is out for mischief smuggles nothing into comment or report', async () => {
    const { files } = previews.rehearsal;
    const mischief = '</td><script>alert(1)</script>`|@octocat [x](javascript:alert(1))';
    const listing = JSON.parse(await readFile(files.listing, 'utf8')) as {
      loans: Record<string, unknown>[];
    };
    for (const loan of listing.loans.slice(0, 20)) loan['purpose'] = mischief;
    const file = join(previews.folder, 'hostile.json');
    await writeFile(file, JSON.stringify(listing));
    const report = join(previews.folder, 'hostile.html');
    const ownData = Object.entries(files.ownData).flatMap(([set, path]) => [
      ...['--own-data', `${set}=${path}`],
    ]);
    const words = ['--listing', file, ...ownData, '--report', report, '--base-name', mischief];
    const change = { file: 'config/defaults.yaml', from: 'threshold: 0.04', to: 'threshold: 0.05' };
    const pullRequest = await openPullRequest(previews, change);
    const { data, comment } = await preview(pullRequest, '42', words);
    expect([data.error, data.baseProblem, data.base?.reference]).toEqual([null, null, mischief]);
    expect(comment).toContain('`</td><script>alert(1)</script>\\u{60}\\u{7c}@octocat');
    const outside = comment.replaceAll(/`[^`]*`/g, '');
    for (const part of ['<script', '@octocat', 'javascript:']) expect(outside).not.toContain(part);
    expect(data.run?.listed).toBe(listing.loans.length);
    const html = await readFile(report, 'utf8');
    for (const part of ['<script>alert', 'javascript:']) expect(html).not.toContain(part);
    await previews.value(['preview-down', '--pr', '42']);
    await pullRequest.close();
  });

  it('that makes a container public is stopped by policy, and told so', async () => {
    const file = 'infra/src/components/storage.ts';
    const change = { file, from: "publicAccess: 'None'", to: "publicAccess: 'Container'" };
    const pullRequest = await openPullRequest(previews, change);
    const { exitCode, data, comment, stderr } = await preview(pullRequest, '41');
    expect(exitCode).toBe(1);
    expect(data).toMatchObject({ status: 'refused', error: { code: 'POLICY_REFUSED' }, run: null });
    expect(stderr).toContain('no-public-blobs');
    expect(comment).toContain('was stopped by policy');
    expect(comment).toContain('`no-public-blobs` on `ledger`');
    await previews.value(['preview-down', '--pr', '41']);
    expect(previews.inventory()).toEqual(untouched);
    // Nor is any other stack made by such code, whoever types it.
    const up = await pullRequest.command(['up', '--stack', 'dev', '--json']);
    expect([up.exitCode, up.stderr]).toEqual([1, expect.stringContaining('POLICY_REFUSED')]);
    expect(up.stderr).toContain('no-public-blobs, ledger: publicAccess has to be None.');
    expect(previews.inventory()).toEqual(untouched);
    await pullRequest.close();
  });
});
