import { createModelRegistry } from '@mispriced/core';
import { provesAll } from '@mispriced/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deployerArm } from '../src/azure/deployer-arm.ts';
import { publishPackage } from '../src/azure/one-deploy.ts';
import { smallPackage } from './small-package.ts';
import { unsynced } from './unsynced.ts';
import type { TestApp } from './test-app.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';
import { deployerOf, errorOf, type TestDeployer } from './test-deployer.ts';

let place: TestCloud;
let cloud: TestApp;
let at: TestDeployer;
const send: TestDeployer['send'] = (built, more) => at.send(built, more);
const runningPackage = () => at.runningPackage();
const results = () => at.results();

beforeAll(async () => {
  place = await startTestCloud();
});

afterAll(() => place.close());

beforeEach(async () => {
  cloud = await place.makeApp();
  at = await deployerOf(cloud);
});

afterEach(() => cloud.remove());

const wrongSettings: readonly (readonly [
  string,
  Readonly<Record<string, string | null>>,
  string,
])[] = [
  [
    'names another account',
    { AzureWebJobsStorage__blobServiceUri: 'https://other.blob.core.windows.net' },
    'names other.blob.core.windows.net, and the storage of its environment is ACCOUNT',
  ],
  [
    'names another identity',
    { AzureWebJobsStorage__clientId: '5f0c1d2e-0000-4000-8000-000000000002' },
    '__clientId names no identity that the app has',
  ],
  ['names no identity', { AzureWebJobsStorage__clientId: null }, '__clientId is not there'],
  [
    'does not say how to sign in',
    { AzureWebJobsStorage__credential: '' },
    '__credential is not `managedidentity`',
  ],
];

const brokenPackages: readonly (readonly [
  string,
  Partial<Parameters<typeof smallPackage>[0]>,
  string,
])[] = [
  ['throws while it loads', { more: "throw new Error('no such table');" }, 'no such table'],
  [
    'lacks a function',
    { promised: 'weekly-report' },
    'The function weekly-report did not register',
  ],
  [
    'has a bad schedule',
    { more: "app.timer('x', { schedule: 'daily', handler: () => 1 });" },
    "'x'",
  ],
  [
    'lacks its configuration',
    { without: 'config/defaults.yaml' },
    'config/defaults.yaml is not in the package',
  ],
];

describe('deploy', () => {
  it('brings an app from nothing to code that is seen running, then sends only changes', async () => {
    const one = await smallPackage({ mark: 'one' });
    expect(await send(one)).toMatchObject({ result: 'live', package: one.sha256, before: null });
    expect(await runningPackage()).toBe(one.sha256);
    expect(await results()).toEqual([`deploy begun ${one.sha256}`, `deploy live ${one.sha256}`]);
    // What stands below a line of the log.
    expect(cloud.said).toContainEqual(expect.stringMatching(/^  The package holds \d+ files\.$/));
    expect((await at.releases())[0]).toMatchObject({ who: cloud.deployer });

    expect(await send(one)).toMatchObject({ result: 'unchanged', before: one.sha256 });
    expect(cloud.published()).toBe(1);

    const two = await smallPackage({ mark: 'two' });
    expect(await send(two, { dryRun: true })).toMatchObject({ result: 'dry-run' });
    expect(cloud.published()).toBe(1);
    const changed = await send(two);
    expect(changed).toMatchObject({ result: 'live', before: one.sha256 });
    expect(cloud.published()).toBe(2);
    expect(await runningPackage()).toBe(two.sha256);

    const back = await at.goBack();
    expect(back).toMatchObject({ package: one.sha256, before: two.sha256 });
    expect(await runningPackage()).toBe(one.sha256);
  });

  it('names all that is missing with the command for each, and sends nothing', async () => {
    await cloud.changeSettings({
      MISPRICED__STORAGE__KIND: 'blob',
      MISPRICED__LIMITS__PER_ORDER: 'much',
      MISPRICED__TRADING_API_KEY: `@Microsoft.KeyVault(VaultName=${cloud.vaultName};SecretName=trading-api-key)`,
    });
    await cloud.setRuntime('20');
    const { code, message } = await errorOf(send(await smallPackage({ mark: 'one' })));
    expect(code).toBe('PACKAGE_REFUSED');
    expect(message).toContain('npx mispriced secrets set trading_api_key --stack dev');
    expect(message).toContain('limits.per_order');
    expect(message).toContain('Node 20');
    expect(cloud.published()).toBe(0);
  });

  it('finds a secret of the environment in the package, and never repeats it', async () => {
    const secret = 'opens-the-market';
    await cloud.changeSettings({
      MISPRICED__TRADING_API_KEY: secret,
      VENDOR_TOKEN: 'opens-the-vendor',
      MISPRICED__KEY_VAULT__NAME: 'daily-trade-vault',
    });
    const more = `globalThis.keys = '${secret} opens-the-vendor daily-trade-vault';`;
    const { code, message } = await errorOf(send(await smallPackage({ mark: 'one', more })));
    expect(code).toBe('PACKAGE_REFUSED');
    expect(message).toContain('holds the value of the app setting MISPRICED__TRADING_API_KEY');
    expect(message).toContain('holds the value of the app setting VENDOR_TOKEN');
    expect(message).not.toContain('MISPRICED__KEY_VAULT__NAME');
    expect(message).not.toContain(secret);
    expect(cloud.published()).toBe(0);
  });

  it('names the model, the data and the listing that an environment lacks', async () => {
    const { message } = await errorOf(
      send(await smallPackage({ mark: 'one' }), { bootstrap: null }),
    );
    expect(message).toContain('npx mispriced model publish DIR --stack dev');
    expect(message).toContain('--bootstrap --listing FILE');
    expect(cloud.published()).toBe(0);
  });

  it.each(provesAll ? wrongSettings : wrongSettings.slice(0, 1))(
    'tells of a host whose storage setting %s, and sends nothing',
    async (_, settings, words) => {
      await cloud.changeSettings(settings);
      const { code, message } = await errorOf(send(await smallPackage({ mark: 'one' })));
      expect(code).toBe('PACKAGE_REFUSED');
      expect(message).toContain(words.replace('ACCOUNT', cloud.accountHost));
      expect(message).toContain('npx mispriced up --stack dev');
      expect(cloud.published()).toBe(0);
    },
  );

  it('tells of an identity that has lost its role on the storage, and sends nothing', async () => {
    // Storage Queue Data Contributor, which is not the one it needs.
    await cloud.setRoles(['974c5e8b-45b9-4653-ba55-5f855dd0fb88']);
    const { message } = await errorOf(send(await smallPackage({ mark: 'one' })));
    expect(message).toContain('no longer the role Storage Blob Data Owner');
    expect(message).toContain('npx mispriced up --stack dev');
    expect(cloud.published()).toBe(0);
  });

  it.each(provesAll ? brokenPackages : brokenPackages.slice(0, 1))(
    'refuses a package that %s, and the old version runs on',
    async (_, broken, words) => {
      const good = await smallPackage({ mark: 'good' });
      await send(good);
      const { code, message } = await errorOf(send(await smallPackage({ mark: 'bad', ...broken })));
      expect(code).toBe('PACKAGE_REFUSED');
      expect(message).toContain(words);
      expect(cloud.published()).toBe(1);
      expect(await runningPackage()).toBe(good.sha256);
    },
  );

  it('rolls back a version that fails only in its environment', async () => {
    const good = await smallPackage({ mark: 'good' });
    await send(good);
    const bad = await smallPackage({
      mark: 'bad',
      more: `if (process.env.TEST_STORES) throw new Error('only there');`,
    });
    const { code, message } = await errorOf(send(bad));
    expect(code).toBe('DEPLOYMENT_UNHEALTHY');
    expect(message).toContain('only there');
    expect(message).toContain(`${good.sha256} runs again`);
    expect(await runningPackage()).toBe(good.sha256);
    expect((await results()).slice(2)).toEqual([
      `deploy begun ${bad.sha256}`,
      `deploy unhealthy ${bad.sha256}`,
      `rollback begun ${good.sha256}`,
      `rollback live ${good.sha256}`,
    ]);
  });

  it('tells what is not well, and leaves code in place that is not to blame', async () => {
    const ill =
      "[{ name: 'storage', healthy: false, detail: 'the key was reset', fix: 'npx mispriced rotate-keys --repair' }]";
    const one = await smallPackage({ mark: 'one', health: ill });
    const first = await errorOf(send(one));
    expect(first.message).toContain('the key was reset npx mispriced rotate-keys --repair');
    expect(first.fix).toContain('Nothing was rolled back');
    const two = await smallPackage({ mark: 'two', health: ill });
    const second = await errorOf(send(two));
    expect(second.message).toContain('were not well before it either');
    expect(await runningPackage()).toBe(two.sha256);
  });

  it('waits out another deployment, early silence, a recycled worker and a late sync', async () => {
    const one = await smallPackage({ mark: 'one' });
    const two = await smallPackage({ mark: 'two' });
    await send(one);
    await cloud.misbehave({ held: true, earlyNotFound: 3, recycles: true });
    cloud.plan(unsynced);
    const arm = deployerArm(cloud.dependencies);
    const { scmHost } = cloud;
    const zip = new Uint8Array(one.bytes);
    const others = publishPackage({
      dependencies: cloud.dependencies,
      arm,
      scmHost,
      zip,
      stack: 'dev',
      beforeSending: () => Promise.resolve(),
      timeoutSeconds: 6000,
    });
    const waiting = 'another deployment is under way; waiting for its end';
    const sent = send(two);
    await expect.poll(() => cloud.said, { timeout: 60_000 }).toContain(waiting);
    await cloud.misbehave({ held: false });
    expect(await sent).toMatchObject({ result: 'live' });
    expect(await others).toBe('unverified');
    expect(cloud.said).toContain(
      'the deployment service does not tell how it ended; looking at the app itself',
    );
    expect(cloud.said).toContain(
      'not yet: the platform lists no functions instead of daily-trade, status',
    );
    expect(await runningPackage()).toBe(two.sha256);
  });

  it('shows the log of a deployment that Azure gives up, and the old version runs on', async () => {
    const good = await smallPackage({ mark: 'good' });
    await send(good);
    await cloud.misbehave({ failure: 'The storage account refused the package.' });
    const { code, message } = await errorOf(send(await smallPackage({ mark: 'next' })));
    expect(code).toBe('DEPLOYMENT_FAILED');
    expect(message).toContain('The storage account refused the package.');
    expect(await runningPackage()).toBe(good.sha256);
    expect((await results()).at(-1)).toContain('deploy failed');
  });

  it('keeps clear of a run that is under way and of a slot that is nearly due', async () => {
    await send(await smallPackage({ mark: 'one' }));
    const next = await smallPackage({ mark: 'two' });
    const lease = await cloud.objects.acquireLease('control', 'paper-main/run', 60);
    // It waits for 23 minutes, and asks in each of them often enough.
    const sleep = (milliseconds: number) => cloud.dependencies.sleep(10 * milliseconds);
    const busy = await errorOf(at.send(next, {}, { ...cloud.dependencies, sleep }));
    expect(busy.code).toBe('DEPLOYMENT_BUSY');
    expect(busy.message).toContain('a run is under way');
    expect(cloud.published()).toBe(1);
    await lease?.release();

    cloud.nowMilliseconds = Date.parse('2026-03-02T15:24:00Z');
    expect(await send(next)).toMatchObject({ result: 'live' });
    expect(cloud.said).toContain('waiting: the slot 2026-03-02T15:25:03.000Z is nearly due');
    expect(cloud.nowMilliseconds).toBeGreaterThan(Date.parse('2026-03-02T15:26:33Z'));
  });

  it('asks before it changes production, and only there', async () => {
    const one = await smallPackage({ mark: 'one' });
    const asked: string[] = [];
    const confirm = (question: string): Promise<boolean> => {
      asked.push(question);
      return Promise.resolve(false);
    };
    const prod = { stack: 'prod', appName: cloud.name, confirm };
    expect(await send(one, prod)).toMatchObject({ result: 'declined' });
    expect(asked).toHaveLength(1);
    expect(cloud.published()).toBe(0);
    // Nor is anything published that an app already there would trade with.
    const registry = createModelRegistry({ objects: cloud.objects, now: () => new Date() });
    expect(await registry.live('lendingclub', 'prod')).toBeNull();
  });
});
