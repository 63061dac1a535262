import { describe, expect, it } from 'vitest';
import { manifestBytes, manifestPath, type PackageManifest } from '../package/package-manifest.ts';
import { comparePackages } from './compare-packages.ts';

const sha256 = 'a'.repeat(64);

function packageOf(more: Partial<PackageManifest> = {}): ReadonlyMap<string, Uint8Array> {
  const manifest: PackageManifest = {
    format: 1,
    app: { name: 'small', version: '1.0.0' },
    target: { platform: 'linux', arch: 'x64', nodeVersions: ['24'] },
    functions: [
      {
        name: 'daily-trade',
        trigger: 'timer',
        schedule: '3 25 15 * * *',
        timeZone: null,
        scheduleSetting: 'MISPRICED__SCHEDULE__DAILY_TRADE',
      },
    ],
    modules: { zod: '4.6.7' },
    files: { 'dist/main.mjs': { bytes: 1, sha256 } },
    ...more,
  };
  return new Map([[manifestPath, manifestBytes(manifest)]]);
}

const settings = (values: Readonly<Record<string, string>>) =>
  new Map(Object.entries(values).map(([key, value]) => [key, { value, from: `${key}'s place` }]));

describe('comparePackages', () => {
  it('finds no difference between a package and itself', () => {
    const now = { 'run.mode': 'paper', 'schedule.daily_trade': '0 0 1 * * *' };
    expect(
      comparePackages(
        { files: packageOf(), settings: now },
        { files: packageOf(), settings: settings(now) },
      ),
    ).toEqual([]);
  });

  it('tells functions, modules and code', () => {
    const after = packageOf({
      functions: [{ name: 'status', trigger: 'http', methods: ['GET'], authLevel: 'function' }],
      modules: { zod: '4.7.0', yaml: '2.9.1' },
      files: { 'dist/main.mjs': { bytes: 1, sha256: 'b'.repeat(64) } },
    });
    const found = comparePackages(
      { files: packageOf(), settings: null },
      { files: after, settings: settings({}) },
    );
    expect(found.map(({ what, name, before, after: is }) => [what, name, before, is])).toEqual([
      ['function', 'daily-trade', 'timer', null],
      ['function', 'status', null, 'http'],
      ['schedule', 'daily-trade', '3 25 15 * * *', null],
      ['module', 'yaml', null, '2.9.1'],
      ['module', 'zod', '4.6.7', '4.7.0'],
      ['code', 'bundle', expect.any(String), expect.any(String)],
    ]);
  });

  it('tells settings as the app has them, and a schedule with its time zone', () => {
    const before = { 'run.mode': 'paper', 'limits.per_run': '10.00', 'run.as_of': '2026-01-05' };
    const now = {
      'run.mode': 'live',
      'limits.per_run': '10.00',
      'schedule.daily_trade': '0 0 9 * * *',
      'schedule.time_zone': 'America/New_York',
    };
    expect(
      comparePackages(
        { files: packageOf(), settings: before },
        { files: packageOf(), settings: settings(now) },
      ),
    ).toEqual([
      {
        what: 'schedule',
        name: 'daily-trade',
        from: null,
        before: '3 25 15 * * *',
        after: '0 0 9 * * * in America/New_York',
      },
      { what: 'setting', name: 'run.as_of', before: '2026-01-05', after: null, from: null },
      {
        what: 'setting',
        name: 'run.mode',
        before: 'paper',
        after: 'live',
        from: "run.mode's place",
      },
    ]);
  });
});
