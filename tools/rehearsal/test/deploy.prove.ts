import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MispricedError } from '@mispriced/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  alterPackage,
  type Alteration,
  openRehearsal,
  type PackageFile,
  type Rehearsal,
  type RehearsedStack,
  strategyPackage,
} from '../src/index.ts';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
/** With a slot every five seconds it is never quiet. */
const words = ['--now'];

/**
 * The way from nothing to a trading app, and all that may be broken on it: on one environment of the
 * local cloud, whose job is due every five seconds.
 */
describe('deployments', () => {
  let rehearsal: Rehearsal;
  let stack: RehearsedStack;
  let built: PackageFile;
  /** What is to run, after the last test that changed it. */
  let good: PackageFile;

  beforeAll(async () => {
    built = await strategyPackage();
    good = built;
    rehearsal = await openRehearsal();
    const schedule = '*/5 * * * * *';
    stack = await rehearsal.bringUp('local', { liveTrading: 'true', schedule });
  }, 600_000);
  afterAll(() => rehearsal.close());

  const altered = (name: string, change: Alteration) =>
    alterPackage({ built, folder: rehearsal.folder, name, change });

  const sent = (): number =>
    rehearsal.cloud.requests().filter(({ path }) => path === '/api/publish').length;

  /** Takes the app's role on its blobs away, as somebody may in the portal. */
  async function removeBlobRoles(): Promise<void> {
    const { cloud } = rehearsal;
    const version = 'api-version=2022-04-01';
    const all = `${stack.outputs['storageAccountId'] ?? ''}/providers/Microsoft.Authorization/roleAssignments`;
    const { body } = await cloud.request('GET', `${all}?${version}&$filter=atScope()`);
    const { value } = body as {
      value: { id: string; properties: { principalId: string; roleDefinitionId: string } }[];
    };
    const ofApp = value.filter(
      ({ properties }) =>
        properties.principalId !== cloud.administrator.objectId &&
        properties.roleDefinitionId.endsWith('b7e6dc6d-f1e8-4753-8033-0f276bb0955b'),
    );
    expect(ofApp).toHaveLength(1);
    for (const { id } of ofApp) await cloud.request('DELETE', `${id}?${version}`);
  }

  async function refusal(action: Promise<unknown>): Promise<MispricedError> {
    const error: unknown = await action.then(
      (value) => value,
      (thrown: unknown) => thrown,
    );
    if (error instanceof MispricedError) return error;
    throw new Error(`No refusal: ${JSON.stringify(error)}`);
  }

  /** The old version is the one that runs, and it trades on, once its site is up again. */
  async function tradesOn(timeoutSeconds = 60): Promise<void> {
    await expect.poll(async () => (await stack.site()).state, { timeout: 60_000 }).toBe('running');
    const since = new Date();
    const status = await stack.status();
    expect(status).toMatchObject({ healthy: true, release: { package: good.sha256 } });
    const { finished } = await stack.waitForRun({ after: since, timeoutSeconds });
    expect(['traded', 'nothing']).toContain(finished?.status);
  }

  describe('from nothing to a trading app', { timeout: 600_000 }, () => {
    it('names everything that is missing, with its command, and sends nothing', async () => {
      const first = await refusal(stack.deploy({ words }));
      expect(first.code).toBe('PACKAGE_REFUSED');
      expect(first.message).toContain('npx mispriced secrets set trading_api_key --stack local');
      await stack.setSecrets({ trading_api_key: rehearsal.market.key });
      const second = await refusal(stack.deploy({ words }));
      expect(second.code).toBe('PACKAGE_REFUSED');
      expect(second.message).toContain('npx mispriced model publish DIR --stack local');
      expect(sent()).toBe(0);
    });

    it('trades on the simulated market at the next tick, its ledger in storage', async () => {
      const result = await stack.deploy({ bootstrap: true, words });
      expect(result).toMatchObject({ result: 'live', package: built.sha256, before: null });
      const run = await stack.waitForRun();
      expect(run.finished).toMatchObject({ status: 'traded', errorCode: null });
      expect(run.orders.length).toBeGreaterThan(0);
      // What the ledger says was meant is what the market says it sold.
      const sold = new Map((await rehearsal.market.orders()).map((one) => [one.loanId, one]));
      for (const order of run.orders) {
        const { investedAmount = 0 } = sold.get(Number(order.intent.listingId)) ?? {};
        expect([order.intent.listingId, investedAmount]).toEqual([
          order.intent.listingId,
          Number(order.result?.filled),
        ]);
      }
    });

    it('is sent nothing when nothing has changed', async () => {
      const before = rehearsal.cloud.requests().length;
      expect(await stack.deploy({ words })).toMatchObject({ result: 'unchanged' });
      const asked = rehearsal.cloud.requests().slice(before);
      const changes = asked.filter(
        ({ service, method }) =>
          service === 'deployment' || (service === 'resource-manager' && method === 'PUT'),
      );
      expect(changes).toEqual([]);
      expect(sent()).toBe(1);
      await tradesOn();
    });

    it('is deployed once for the change of one line', async () => {
      good = await altered('one-line', { code: "console.log('one line more');" });
      const result = await stack.deploy({ package: good, words });
      expect(result).toMatchObject({ result: 'live', before: built.sha256, package: good.sha256 });
      expect(sent()).toBe(2);
      expect(await readFile((await stack.site()).logFile, 'utf8')).toContain('one line more');
      await tradesOn();
    });
  });

  describe('a broken package', { timeout: 600_000 }, () => {
    const defaults = () => readFile(join(workspace, 'config/defaults.yaml'), 'utf8');
    const schedule = async () =>
      (await defaults()).replace(/refresh_data: .*/, 'refresh_data: daily');

    const broken: readonly [string, () => Alteration | Promise<Alteration>, string][] = [
      [
        'throws as it loads',
        () => ({ code: "throw new Error('no such table');" }),
        'no such table',
      ],
      ['lacks a function', () => ({ promised: 'weekly-report' }), 'weekly-report'],
      [
        'has a schedule that is none',
        async () => ({ texts: { 'config/defaults.yaml': await schedule() } }),
        'schedule.refresh_data',
      ],
      ['lacks its configuration', () => ({ without: 'config/' }), 'config/defaults.yaml'],
      [
        'needs a setting that nobody set',
        async () => ({
          texts: {
            'config/defaults.yaml': (await defaults()).replace(
              'own_data: []',
              'own_data: [{ name: rents, format: csv, url_secret: rents_url }]',
            ),
          },
        }),
        'secrets.rents_url, which no layer sets',
      ],
    ];
    it.each(broken)('that %s is refused before it is sent', async (what, change, word) => {
      const before = sent();
      const bad = await altered(what.replaceAll(' ', '-'), await change());
      const { code, message } = await refusal(stack.deploy({ package: bad, words }));
      expect(code).toBe('PACKAGE_REFUSED');
      expect(message).toContain(word);
      expect(sent()).toBe(before);
      await tradesOn();
    });

    it('that is broken only there is rolled back, and the one before it trades on', async () => {
      const bad = await altered('only-there', {
        code: "if (process.env.WEBSITE_SITE_NAME) throw new Error('only there');",
      });
      const { code, message } = await refusal(stack.deploy({ package: bad, words }));
      expect(code).toBe('DEPLOYMENT_UNHEALTHY');
      expect(message).toContain('only there');
      expect(message).toContain(`${good.sha256} runs again`);
      await tradesOn();
    });
  });

  describe('a broken environment', { timeout: 400_000 }, () => {
    it('without a setting is told which, and nothing is sent', async () => {
      const before = sent();
      await stack.changeSettings({ MISPRICED__VENUE__ACCOUNT_ID: null });
      const next = await altered('next', { code: "console.log('next');" });
      const { message } = await refusal(stack.deploy({ package: next, words }));
      expect(message).toContain('venue.account_id');
      expect(sent()).toBe(before);
      await stack.changeSettings({ MISPRICED__VENUE__ACCOUNT_ID: '70001' });
      await tradesOn();
    });

    it('whose host storage is gone says what to do, though no key of its app can be had', async () => {
      await stack.changeSettings({ AzureWebJobsStorage__blobServiceUri: null });
      await expect.poll(async () => (await stack.site()).state, { timeout: 30_000 }).toBe('failed');
      const { code, message } = await refusal(stack.deploy({ words }));
      expect(code).toBe('PACKAGE_REFUSED');
      expect(message).toContain('AzureWebJobsStorage is not there or empty');
      expect(message).toContain('npx mispriced up --stack local');
      await rehearsal.bringUp('local');
      await tradesOn();
    });

    const hostBroken: readonly [string, () => Promise<void>, string][] = [
      [
        'names another account',
        () =>
          stack.changeSettings({ AzureWebJobsStorage__blobServiceUri: 'https://other.example' }),
        '__blobServiceUri names other.example',
      ],
      [
        'names another identity',
        () => stack.changeSettings({ AzureWebJobsStorage__clientId: randomUUID() }),
        '__clientId names no identity that the app has',
      ],
      [
        'is closed to its identity',
        () => removeBlobRoles(),
        'no longer the role Storage Blob Data Owner',
      ],
    ];
    it.each(hostBroken)(
      'whose host storage %s is told so before anything is sent',
      async (_, breakIt, word) => {
        const before = sent();
        await breakIt();
        const next = await altered('next', { code: "console.log('next');" });
        const { code, message } = await refusal(stack.deploy({ package: next, words }));
        expect(code).toBe('PACKAGE_REFUSED');
        expect(message).toContain(word);
        expect(message).toContain('npx mispriced up --stack local');
        expect(sent()).toBe(before);
        await rehearsal.bringUp('local');
        // A host that lost its locks looks for them once a minute.
        await tradesOn(180);
      },
    );

    it('whose package storage is closed is told why, and the old version trades on', async () => {
      rehearsal.cloud.setFaults([
        {
          kind: 'status',
          service: 'storage',
          method: 'PUT',
          status: 403,
          skip: 0,
          count: 100,
          path: '/app-package/',
          code: 'AuthorizationPermissionMismatch',
          message:
            'This request is not authorized to perform this operation using this permission.',
        },
      ]);
      const next = await altered('next', { code: "console.log('next');" });
      const { code, message, fix } = await refusal(stack.deploy({ package: next, words }));
      rehearsal.cloud.setFaults([]);
      expect(code).toBe('DEPLOYMENT_FAILED');
      expect(message).toContain('not authorized to perform this operation');
      expect(fix).toContain('npx mispriced up --stack local');
      await tradesOn();
    });
  });
});
