import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildPackage,
  writePackage,
  type DeployResult,
  type StoredPackage,
} from '@mispriced/deploy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalApp } from './support/local-app.ts';

let app: Awaited<ReturnType<typeof startLocalApp>>;
let one: StoredPackage;
/** The packages as files, by name. */
const file = (name: string): string => join(app.stateFolder, `${name}.zip`);

beforeAll(async () => {
  app = await startLocalApp();
  await app.putSettings(app.settings.byIdentity);
  one = await buildPackage();
  await writePackage(one, file('one'));
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

describe('deploy, to an app in the local cloud', { timeout: 180_000 }, () => {
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
});
