import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildPackage,
  repack,
  writePackage,
  type DeployResult,
  type ReleaseList,
  type RollbackResult,
  type StoredPackage,
} from '@mispriced/deploy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalApp } from './support/local-app.ts';

let app: Awaited<ReturnType<typeof startLocalApp>>;
let one: StoredPackage;
let two: StoredPackage;
/** The packages as files, by name. */
const file = (name: string): string => join(app.stateFolder, `${name}.zip`);

beforeAll(async () => {
  app = await startLocalApp();
  await app.putSettings(app.settings.byIdentity);
  one = await buildPackage();
  two = repack(one, ({ read, write }) => {
    write('config/dev.yaml', `${read('config/dev.yaml')}\nrun:\n  threshold: 0.05\n`);
  });
  await writePackage(one, file('one'));
  await writePackage(two, file('two'));
});
afterAll(async () => {
  await app.close();
  await rm(app.stateFolder, { recursive: true, force: true });
});

/** Runs `deploy --json`, which has to end so. */
async function deployed<Result>(words: readonly string[], exitCode = 0): Promise<Result> {
  const end = await app.deploy(...words, '--json');
  expect(end.exitCode, end.stderr).toBe(exitCode);
  return JSON.parse(end.stdout) as Result;
}

interface Failure {
  readonly error: { readonly code: string; readonly message: string; readonly fix: string };
}

describe('deploy, to an app in the local cloud', { timeout: 600_000 }, () => {
  it('names what the environment lacks with the command for each, and sends nothing', async () => {
    await app.putSettings({
      ...app.settings.byIdentity,
      MISPRICED__VENUE__NAME: 'lendingclub',
      MISPRICED__VENUE__URL: 'https://market.example',
      MISPRICED__VENUE__ACCOUNT_ID: '1',
    });
    const { error } = await deployed<Failure>(['--package', file('one')], 1);
    expect(error.code).toBe('PACKAGE_REFUSED');
    expect(error.message).toContain('trading_api_key: The venue lendingclub needs it');
    expect(error.message).toContain('npx mispriced secrets set trading_api_key --stack dev');
    expect(app.published()).toBe(0);
    await app.putSettings(app.settings.byIdentity);
    const words = await app.deploy('--package', file('one'), '--dry-run');
    expect(words.exitCode).toBe(1);
    expect(words.stdout).toBe('');
    expect(words.stderr).toContain('npx mispriced model publish DIR --stack dev');
    expect(words.stderr).toContain('--bootstrap --listing FILE');
  });

  it('brings an app from nothing to code that runs, with what is at hand', async () => {
    const dry = ['--package', file('one'), '--bootstrap', '--dry-run'];
    expect(await deployed<DeployResult>(dry)).toMatchObject({ result: 'dry-run', before: null });
    expect(app.published()).toBe(0);
    const result = await deployed<DeployResult>(['--package', file('one'), '--bootstrap']);
    expect(result).toMatchObject({ result: 'live', app: 'mispriced-dev-1', package: one.sha256 });
    expect(result.nextRun).toMatch(/^20/);
  });

  it('sends nothing that runs already', async () => {
    const result = await deployed<DeployResult>(['--package', file('one'), '--now']);
    expect(result).toMatchObject({ result: 'unchanged', before: one.sha256 });
    expect(app.published()).toBe(1);
  });

  it('tells what would change, in the package and in the environment', async () => {
    const schedule = '0 1 2 * * *';
    await app.putSettings({
      ...app.settings.byIdentity,
      MISPRICED__LIMITS__PER_RUN: '500.00',
      MISPRICED__SCHEDULE__DAILY_TRADE: schedule,
    });
    const result = await deployed<DeployResult>(['--package', file('two'), '--diff']);
    expect(result.before).toBe(one.sha256);
    expect(result.differences).toEqual([
      {
        what: 'schedule',
        name: 'daily-trade',
        from: null,
        after: schedule,
        before: app.settings.byIdentity.MISPRICED__SCHEDULE__DAILY_TRADE,
      },
      {
        what: 'setting',
        name: 'limits.per_run',
        before: '1000.00',
        after: '500.00',
        from: 'MISPRICED__LIMITS__PER_RUN',
      },
      {
        what: 'setting',
        name: 'run.threshold',
        before: '0.04',
        after: '0.05',
        from: expect.stringContaining('config/dev.yaml') as string,
      },
    ]);
    const words = await app.deploy('--package', file('two'), '--diff');
    expect(words.stdout).toContain('setting   run.threshold: 0.04 -> 0.05 (config/dev.yaml');
    await app.putSettings(app.settings.byIdentity);
    expect(app.published()).toBe(1);
  });

  it('sends a change of one line, lists both, and goes back by a beginning of the name', async () => {
    expect(await deployed<DeployResult>(['--package', file('two')])).toMatchObject({
      result: 'live',
      package: two.sha256,
      before: one.sha256,
    });
    const request = ['--rollback', one.sha256.slice(0, 8)];
    const would = await deployed<RollbackResult>([...request, '--dry-run']);
    expect(would).toMatchObject({ result: 'dry-run', package: one.sha256, before: two.sha256 });
    expect(would.differences).toMatchObject([{ name: 'run.threshold', before: '0.05' }]);
    expect(app.published()).toBe(2);
    expect(await deployed<RollbackResult>(request)).toMatchObject({ result: 'live' });
    const list = await deployed<ReleaseList>(['--list']);
    expect(list.running).toBe(one.sha256);
    expect(list.releases.map(({ kind, result }) => `${kind} ${result}`)).toEqual([
      ...['deploy begun', 'deploy live', 'deploy begun', 'deploy live'],
      ...['rollback begun', 'rollback live'],
    ]);
    expect((await app.deploy('--list')).stdout).toContain(`* `);
    const { error } = await deployed<Failure>(['--rollback', 'ffffffff'], 1);
    expect(error.code).toBe('DATA_MISSING');
  });
});

describe('an app that reaches its storage with a key', { timeout: 600_000 }, () => {
  const repair = 'npx mispriced rotate-keys --stack dev --repair';
  const setSecret = async (value: string): Promise<void> => {
    const vault = await app.openVault();
    await vault.setSecret('storage--connection-string', value);
  };

  it('is told how to get its key where it has none', async () => {
    await app.putSettings(app.settings.byKey);
    const { error } = await deployed<Failure>(['--package', file('two')], 1);
    expect(error.code).toBe('PACKAGE_REFUSED');
    expect(error.message).toContain('The secret storage--connection-string of the vault');
    expect(error.message).toContain('One thing stands');
    expect(error.message).toContain('npx mispriced rotate-keys --stack dev');
  });

  it('is deployed to, its stores opened by whoever deploys', async () => {
    await setSecret(await app.connectionString());
    await app.putSettings({ ...app.settings.byKey, TOUCHED: 'once' });
    const result = await deployed<DeployResult>(['--package', file('two')]);
    expect(result).toMatchObject({ result: 'live', package: two.sha256 });
  });

  it('is told of its dead key with what to do, before anything is sent', async () => {
    const [before, key] = [app.published(), await app.connectionString()];
    await app.resetKey();
    for (const words of [['--package', file('one')], ['--rollback']]) {
      const { error } = await deployed<Failure>(words, 1);
      expect(error.code).toBe('PACKAGE_REFUSED');
      expect(error.message).toContain('its key was reset');
      expect(error.message).toContain(repair);
      expect(error.message).not.toContain(/AccountKey=([^;]+)/.exec(key)?.[1]);
    }
    expect(app.published()).toBe(before);
  });

  it('is told when its host’s setting is gone', async () => {
    const { MISPRICED__STAGE, ...rest } = app.settings.byIdentity;
    const noHost = Object.fromEntries(
      Object.entries(rest).filter(([name]) => !name.startsWith('AzureWebJobsStorage')),
    );
    await app.putSettings({ ...noHost, MISPRICED__STAGE });
    const { error } = await deployed<Failure>(['--package', file('one')], 1);
    expect(error.message).toContain("The app's setting AzureWebJobsStorage is not there or empty");
    expect(error.message).toContain('npx mispriced up --stack dev');
  });
});
