import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demoModelFolder } from '@mispriced/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPackage } from '../src/check/check-package.ts';
import { fileSizes, sizeBudgetBytes } from '../src/check/check-size.ts';
import { hash } from '../src/package/package-manifest.ts';
import { unzipFiles } from '../src/package/zip.ts';
import { readPackage } from '../src/package/write-package.ts';
import { buildInClone } from './clone-build.ts';
import { copyWorkspace, neededModules } from './copy-workspace.ts';
import { loadAsRealWorker } from './load-as-real-worker.ts';

let clones: readonly string[] = [];
let hashes: readonly string[] = [];

beforeAll(async () => {
  const modules = await neededModules();
  clones = [
    await copyWorkspace('one', modules, 0o644),
    await copyWorkspace('another-clone-with-a-longer-name', modules, 0o600),
  ];
  const [one = '', other = ''] = clones;
  const file = (clone: string): string => join(clone, 'dist/strategy.zip');
  hashes = await Promise.all([
    buildInClone({
      workspace: one,
      outFile: file(one),
      timeZone: 'Pacific/Kiritimati',
      umask: '022',
      date: '2026-01-31T10:59:59Z',
    }),
    buildInClone({
      workspace: other,
      outFile: file(other),
      timeZone: 'America/Los_Angeles',
      umask: '077',
      date: '2031-08-01T00:00:00Z',
    }),
  ]);
});

afterAll(async () => {
  for (const clone of clones) await rm(clone, { recursive: true, force: true });
});

const zipOf = (index: number): Promise<Buffer> =>
  readFile(join(clones[index] ?? '', 'dist/strategy.zip'));

describe('the package of the strategy', () => {
  it('is the same bytes from two clones that differ in path, time zone, umask and date', async () => {
    const [one, other] = [await zipOf(0), await zipOf(1)];
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[1]).toBe(hashes[0]);
    expect(hash(one)).toBe(hashes[0]);
    expect(one.equals(other)).toBe(true);
    for (const bytes of unzipFiles(one).values()) {
      for (const clone of clones) expect(Buffer.from(bytes).includes(clone)).toBe(false);
    }
  });

  it('passes every check by itself, and scores a row', async () => {
    const [workspace = ''] = clones;
    const stored = await readPackage(join(workspace, 'dist/strategy.zip'));
    expect(stored.sources).toContain('apps/strategy/src/functions/daily-trade.ts');
    const { problems, manifest } = await checkPackage({
      zip: stored.bytes,
      sources: stored.sources,
      workspace,
      modelFile: join(demoModelFolder, 'model.onnx'),
    });
    expect(problems).toEqual([]);
    expect(manifest.functions.map(({ name }) => name)).toEqual([
      'daily-trade',
      'refresh-data',
      'status',
    ]);
    expect(manifest.functions[0]).toMatchObject({
      schedule: '3 25 15 * * *',
      scheduleSetting: 'MISPRICED__SCHEDULE__DAILY_TRADE',
    });
    expect(manifest.modules['onnxruntime-node']).toBe('1.30.0');
  });

  it('holds what runs on linux-x64 and nothing else, within the budget', async () => {
    const zip = await zipOf(0);
    expect(zip.length).toBeLessThan(sizeBudgetBytes);
    const paths = fileSizes(zip).map(({ path }) => path);
    const native = paths.filter((path) => path.includes('/bin/'));
    expect(native.toSorted()).toEqual([
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
      'node_modules/onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
    ]);
    const rest = paths.filter((path) => !native.includes(path));
    expect(rest.filter((path) => !/\.(?:m?js|json|yaml)$/.test(path))).toEqual([]);
    expect(paths.filter((path) => path.startsWith('config/')).toSorted()).toEqual(
      ['defaults', 'dev', 'preview', 'prod', 'staging'].map((name) => `config/${name}.yaml`),
    );
  });

  it('gives its functions to a worker that is let into nothing else, and hooks `require` as the real one', async () => {
    const files = unzipFiles(await zipOf(0));
    const registered = await loadAsRealWorker(files, { MISPRICED__STAGE: 'local' });
    // Without a market the configuration of `local` is broken: no timer may register then.
    expect(registered).toEqual(['status']);
    const whole = await loadAsRealWorker(files, {
      MISPRICED__STAGE: 'dev',
      MISPRICED__STORAGE__KIND: 'file',
    });
    expect(whole).toEqual(['daily-trade', 'refresh-data', 'status']);
  });
});
