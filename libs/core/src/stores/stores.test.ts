import { mkdtemp } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { startTestAzurite, type TestAzurite } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerDraft } from '../domain/index.ts';
import { z } from 'zod';
import { openAppendLog } from './append-log.ts';
import { createBlobObjectStore } from './blob/blob-object-store.ts';
import { createFileObjectStore } from './file/file-object-store.ts';
import { createKillSwitch } from './kill-switch.ts';
import { createLedgerStore } from './ledger-store.ts';
import { createModelRegistry, type ModelBundleFiles } from './model-registry.ts';
import { containers, type ObjectStore } from './object-store.ts';
import { createOwnDataStore } from './own-data-store.ts';
import { createRunArchive } from './run-archive.ts';
import { acquireRunLease } from './run-lease.ts';

let azurite: TestAzurite;
beforeAll(async () => {
  azurite = await startTestAzurite(Object.values(containers));
});
afterAll(async () => {
  await azurite.stop();
});

const openFolder = async (): Promise<ObjectStore> =>
  createFileObjectStore({
    folder: await mkdtemp(join(tmpdir(), 'stores-')),
    now: () => new Date(),
    sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
  });
const stores: readonly [string, () => Promise<ObjectStore>][] = [
  ['a folder', openFolder],
  ['Blob storage', () => Promise.resolve(createBlobObjectStore({ service: azurite.service }))],
];

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const january = (): Date => new Date('2026-01-31T15:25:03.000Z');
const january31 = { slot: january(), at: january(), holder: 'one' };
const draft = (runId: string): LedgerDraft => ({
  type: 'run-started',
  at: '2026-01-31T15:25:03.000Z',
  runId,
  slot: '2026-01-31T15:25:03.000Z',
  stage: 'local',
  mode: 'live',
});
const finished = (runId: string): LedgerDraft => ({
  type: 'run-finished',
  at: '2026-01-31T15:25:03.000Z',
  runId,
  status: 'nothing',
  spent: '0.00',
  errorCode: null,
});
const clocks = {
  wall: Date.now,
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
};

function bundle(version: string): ModelBundleFiles {
  const sha256 = '0'.repeat(64);
  const scores = { rocAuc: 0.7, brier: 0.1 };
  const source = { field: 'intRate', column: 'int_rate', unit: 'percent' };
  const feature = { ...source, name: 'rate', type: 'number', group: 'price', missing: 'drop' };
  const manifest = {
    format: 1,
    name: 'lending',
    version,
    model: { file: 'model.onnx', sha256, estimator: 'trees', input: 'features', output: 'p' },
    features: {
      format: 1,
      name: 'lending',
      venue: 'lendingclub',
      price: source,
      group: { field: 'term', column: 'term', unit: 'months' },
      ownData: [],
      features: [feature],
    },
    label: { name: 'charged-off-with-hindsight', hindsight: true, horizonMonths: null },
    training: {
      issuedBefore: '2025-01-01',
      rows: 10,
      dropped: {},
      dataSha256: sha256,
      ownData: [],
      packages: {},
    },
    metrics: { splitAt: '2024-06-01', rows: 2, q: scores, r: scores },
    riskCurves: { '36': { prices: [5, 20], risks: [0.1, 0.3] } },
    parity: { file: 'parity.csv', sha256, rows: 1000, tolerance: 1e-6 },
  };
  return {
    manifestText: JSON.stringify(manifest),
    modelBytes: encode(`model ${version}`),
    parityText: 'id\n',
  };
}

describe.each(stores)('in %s', (kind, open) => {
  const account = kind.replaceAll(' ', '-').toLowerCase();

  it('the ledger keeps the lines of a run in the month of its slot, each bound to the one before', async () => {
    const objects = await open();
    const ledger = createLedgerStore({ objects, account });
    await ledger.beginEpoch({ runId: 'a', ...january31 });
    await ledger.append(draft('a'), finished('a'));
    const february = {
      slot: new Date('2026-02-01T00:00:00Z'),
      at: january(),
      holder: 'two',
    };
    await ledger.beginEpoch({ runId: 'b', ...february });
    await ledger.append({ ...draft('b'), slot: february.slot.toISOString() } as LedgerDraft);
    expect(ledger.locate(february.slot)).toMatch(/2026-02\.jsonl$/);

    const again = createLedgerStore({ objects, account });
    const lines = await again.read();
    expect(lines.map(({ runId, type, epoch }) => [runId, type, epoch])).toEqual([
      ['a', 'lease-taken', 1],
      ['a', 'run-started', 1],
      ['a', 'run-finished', 1],
      ['b', 'lease-taken', 2],
      ['b', 'run-started', 2],
    ]);
    // What is settled of an older run stands with it.
    await again.append(finished('a'));
    expect((await again.read()).map(({ runId }) => runId)).toEqual(['a', 'a', 'a', 'a', 'b', 'b']);
    await expect(ledger.append(draft('a'))).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });

  it('a new epoch keeps the run before from writing, in whichever month', async () => {
    const objects = await open();
    const displaced = createLedgerStore({ objects, account: `${account}-epoch` });
    await displaced.beginEpoch({ runId: 'a', ...january31 });
    await displaced.append(draft('a'));
    const holder = createLedgerStore({ objects, account: `${account}-epoch` });
    const february = {
      slot: new Date('2026-02-01T00:00:00Z'),
      at: january(),
      holder: 'two',
    };
    const fences = await holder.beginEpoch({ runId: 'b', ...february });
    expect(fences.map(({ type, epoch }) => [type, epoch])).toEqual([
      ['lease-taken', 2],
      ['lease-taken', 2],
    ]);
    await expect(displaced.append(finished('a'))).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    // A file that is fenced off is fenced once.
    await holder.append(
      { ...draft('b'), slot: february.slot.toISOString() } as LedgerDraft,
      finished('b'),
    );
    const next = createLedgerStore({ objects, account: `${account}-epoch` });
    expect(await next.beginEpoch({ runId: 'c', ...february })).toHaveLength(1);
  });

  it('an append log keeps a line of each of those who add at once, and names one it cannot read', async () => {
    const objects = await open();
    const path = `log/${account}.jsonl`;
    const schema = z.object({ who: z.string() });
    const written: string[] = [];
    const log = openAppendLog({
      objects,
      container: 'packages',
      path,
      schema,
      name: 'book',
      around: async ({ who }, write) => {
        await write();
        written.push(who);
      },
    });
    expect([await log.read(), log.location]).toEqual([[], objects.locate('packages', path)]);
    await Promise.all(['a', 'b', 'c'].map((who) => log.add({ who })));
    expect((await log.read()).map(({ who }) => who).sort()).toEqual(['a', 'b', 'c']);
    expect(written.sort()).toEqual(['a', 'b', 'c']);
    const stored = await objects.read('packages', path);
    expect(new TextDecoder().decode(stored?.bytes)).toMatch(/^(\{"who":"[abc]"\}\n){3}$/);
    await objects.append('packages', path, encode('{"who":\n'), stored?.bytes.length ?? 0);
    await expect(log.read()).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: `A line of the book ${path} cannot be read.`,
    });
  });

  it('models are published once, promoted and rolled back', async () => {
    const registry = createModelRegistry({ objects: await open(), now: january });
    expect(await registry.live('lending', 'prod')).toBeNull();
    await registry.publish(bundle('1'));
    await registry.publish(bundle('1'));
    await registry.publish(bundle('2'));
    expect(await registry.listVersions('lending')).toEqual(['1', '2']);
    expect(await registry.listNames()).toEqual(['lending']);
    expect((await registry.read('lending', '2')).parityText).toBe('id\n');
    const changed = { ...bundle('1'), modelBytes: encode('other') };
    await expect(registry.publish(changed)).rejects.toMatchObject({ code: 'STORE_CONFLICT' });

    const target = { name: 'lending', stage: 'prod' };
    await expect(registry.rollback(target)).rejects.toMatchObject({ code: 'MODEL_MISSING' });
    await registry.promote({ ...target, version: '1' });
    await registry.promote({ ...target, version: '2' });
    await registry.promote({ ...target, version: '2' });
    expect((await registry.live('lending', 'prod'))?.value).toMatchObject({
      version: '2',
      previous: ['1'],
    });
    expect((await registry.rollback(target)).version).toBe('1');
    expect(await registry.live('lending', 'dev')).toBeNull();
    await expect(registry.promote({ ...target, version: '9' })).rejects.toMatchObject({
      code: 'MODEL_MISSING',
    });
    await expect(registry.read('lending', '9')).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      fix: 'Versions that exist: 1, 2.',
    });
  });

  it('of promotions at once one wins and the others are told', async () => {
    const registry = createModelRegistry({ objects: await open(), now: january });
    const versions = ['11', '12', '13'];
    for (const version of versions) await registry.publish(bundle(version));
    const target = { name: 'lending', stage: 'race' };
    const attempts = await Promise.allSettled(
      versions.map((version) => registry.promote({ ...target, version })),
    );
    const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
    const conflicts = attempts.filter(
      (attempt) =>
        attempt.status === 'rejected' &&
        (attempt.reason as { code: string }).code === 'STORE_CONFLICT',
    );
    // A promotion that reads after another has finished is no race and succeeds as well.
    expect(won.length).toBeGreaterThanOrEqual(1);
    expect(won.length + conflicts.length).toBe(3);
    const live = await registry.live('lending', 'race');
    expect(versions).toContain(live?.value.version);
  });

  it('own data is kept as snapshots, and the live one is what was published', async () => {
    const objects = await open();
    const store = createOwnDataStore({ objects, now: january });
    await expect(store.readLive('income')).rejects.toMatchObject({ code: 'DATA_MISSING' });
    const first = await store.publish({ set: 'income', bytes: encode('a,b\n'), format: 'csv' });
    const same = await store.publish({ set: 'income', bytes: encode('a,b\n'), format: 'csv' });
    expect(same).toEqual(first);
    expect(first.path).toMatch(/^income\/2026-01-31-[0-9a-f]{64}\.csv$/);
    await store.publish({ set: 'income', bytes: encode('a,c\n'), format: 'csv' });
    expect(new TextDecoder().decode((await store.readLive('income')).bytes)).toBe('a,c\n');
    expect(await store.list('income')).toHaveLength(2);

    const live = await store.readLive('income');
    await objects.write('data', live.path, encode('tampered'), 'any');
    await expect(store.readLive('income')).rejects.toMatchObject({ code: 'DATA_INVALID' });
  });

  it('the kill switch is off until it is set, and on when nobody understands it', async () => {
    const objects = await open();
    const killSwitch = createKillSwitch({ objects, account });
    expect(await killSwitch.read()).toBeNull();
    const halt = { why: 'odd prices', by: 'ann', at: '2026-01-01T00:00:00Z' };
    await killSwitch.halt(halt);
    expect(await killSwitch.read()).toEqual(halt);
    await killSwitch.resume({ ...halt, why: 'prices are right' });
    expect(await killSwitch.read()).toBeNull();
    await objects.write('control', `${account}/kill-switch.json`, encode('{"halt'), 'any');
    expect((await killSwitch.read())?.why).toMatch(/cannot be understood/);
  });

  it('runs are archived by id', async () => {
    const archive = createRunArchive(await open());
    await archive.write('run-2', 'report.html', '<p>');
    const where = await archive.write('run-1', 'listing.json', encode('{}'));
    expect(where).toBe(archive.locate('run-1', 'listing.json'));
    expect(
      new TextDecoder().decode((await archive.read('run-2', 'report.html')) ?? encode('')),
    ).toBe('<p>');
    expect(await archive.read('run-2', 'none')).toBeNull();
    expect(await archive.listRuns()).toEqual(['run-1', 'run-2']);
  });

  it('a run waits for the lease and goes on when it is given back', async () => {
    const objects = await open();
    const state = {
      objects,
      account: `${account}-lease`,
      clocks,
      sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)),
    };
    const first = await acquireRunLease({ ...state, waitSeconds: 0 });
    await first?.ensureHeld();
    expect(first?.isSurelyHeld()).toBe(true);
    const { earliest, latest } = first?.storeClock ?? {};
    expect(Math.abs((earliest?.().getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(latest?.().getTime()).toBeGreaterThanOrEqual(earliest?.().getTime() ?? Infinity);
    expect(await acquireRunLease({ ...state, waitSeconds: 0 })).toBeNull();
    const waiting = acquireRunLease({ ...state, waitSeconds: 10 });
    await first?.release();
    const second = await waiting;
    expect(second).not.toBeNull();
    await expect(first?.ensureHeld()).rejects.toMatchObject({ code: 'RUN_LEASE_LOST' });
    await second?.release();
  });
});

describe('a folder that cannot be used', () => {
  it('is named, with what to do', async () => {
    const objects = createFileObjectStore({
      folder: '/dev/null/nowhere',
      now: january,
      sleep: () => Promise.resolve(),
    });
    await expect(objects.write('runs', 'a', encode('x'), 'any')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('/dev/null/nowhere') as string,
    });
  });
});
