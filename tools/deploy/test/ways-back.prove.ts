import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectStore } from '@mispriced/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeployDependencies } from '../src/azure/deploy-dependencies.ts';
import { smallPackage, storesSetting } from './small-package.ts';
import { unsynced } from './unsynced.ts';
import type { TestApp } from './test-app.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';
import { deployerOf, errorOf, type TestDeployer } from './test-deployer.ts';

let place: TestCloud;
let cloud: TestApp;
let at: TestDeployer;

beforeAll(async () => {
  place = await startTestCloud();
});

afterAll(() => place.close());

beforeEach(async () => {
  cloud = await place.makeApp();
  at = await deployerOf(cloud);
});

afterEach(() => cloud.remove());

/** It loads everywhere but in its environment. */
const bad = () =>
  smallPackage({
    mark: 'bad',
    more: "if (process.env.TEST_STORES) throw new Error('only there');",
  });

/** Time for a test to do something before a version is given up. */
const lookingLong = { publishSeconds: 6000, verifySeconds: 300 };

/** Its market is down until a file of the test's stores says otherwise. */
const marketFile = 'market-is-up';
const needsMarket = (mark: string) =>
  smallPackage({
    mark,
    more: "import { existsSync } from 'node:fs';",
    health: `[{ name: 'market', healthy: existsSync(process.env.${storesSetting} + '/${marketFile}'), detail: 'it does not answer', fix: null }]`,
  });

type Lease = NonNullable<Awaited<ReturnType<ObjectStore['acquireLease']>>>;

/** A run begins; whoever deploys may just be looking for one, which takes the lease for a moment. */
async function beginRun(): Promise<Lease> {
  let taken: Lease | null = null;
  const take = async (): Promise<Lease | null> =>
    (taken ??= await cloud.objects.acquireLease('control', 'paper-main/run', 60));
  await expect.poll(take, { timeout: 30_000, interval: 5 }).not.toBeNull();
  const lease = await take();
  if (lease === null) throw new Error('No run began.');
  return lease;
}

/** The network of whoever is killed as soon as a package was sent. */
function killedOnceSent(): DeployDependencies {
  let isDead = false;
  return {
    ...cloud.dependencies,
    fetch: async (input, init) => {
      if (isDead) throw new Error('killed');
      const answer = await cloud.dependencies.fetch(input, init);
      isDead = init?.method === 'POST' && init.body instanceof Uint8Array;
      return answer;
    },
    // A process that is killed writes no more to the log either.
    now: () => {
      if (isDead) throw new Error('killed');
      return cloud.dependencies.now();
    },
  };
}

describe('a rollback by itself', () => {
  it('goes to what ran, though the command that sent it was killed', async () => {
    await at.send(await smallPackage({ mark: 'one' }));
    const two = await smallPackage({ mark: 'two' });
    await expect(at.send(two, {}, killedOnceSent())).rejects.toThrow('killed');
    await cloud.whenIdle();
    expect(await at.runningPackage()).toBe(two.sha256);
    expect((await at.results()).at(-1)).toBe(`deploy begun ${two.sha256}`);

    expect(await at.send(two, { dryRun: true })).toMatchObject({ result: 'unchanged' });
    expect((await at.results()).at(-1)).toBe(`deploy begun ${two.sha256}`);
    // It was killed before its functions were synced, without which no timer fires.
    cloud.plan(unsynced);
    expect(await at.send(two)).toMatchObject({ result: 'unchanged' });
    expect(await cloud.faultsLeft()).toEqual([]);
    expect((await at.results()).at(-1)).toBe(`deploy live ${two.sha256}`);
    expect(await at.send(two)).toMatchObject({ result: 'unchanged' });
    expect(await at.results()).toHaveLength(4);

    const { message } = await errorOf(at.send(await bad()));
    expect(message).toContain(`${two.sha256} runs again`);
    expect(await at.runningPackage()).toBe(two.sha256);
  });

  it('goes to what runs now, though it was not well when it was sent', async () => {
    const first = await needsMarket('first');
    const refusal = await errorOf(at.send(first));
    expect(refusal.message).toContain('market: it does not answer');
    expect(refusal.fix).toContain('Nothing was rolled back');
    await writeFile(join(cloud.storesFolder, marketFile), '');

    const { message } = await errorOf(at.send(await bad()));
    expect(message).toContain(`${first.sha256} runs again`);
    expect(await at.runningPackage()).toBe(first.sha256);
  });

  /** Sends a good package and then a bad one, which is being looked at and is not well yet. */
  const failLate = async () => {
    const good = await smallPackage({ mark: 'good' });
    await at.send(good);
    const failing = errorOf(at.send(await bad(), { timeouts: lookingLong }));
    await expect
      .poll(() => cloud.said.join(), { timeout: 30_000, interval: 5 })
      .toContain('not yet: ');
    return { good, failing };
  };

  it('waits for the end of a run', async () => {
    const { good, failing } = await failLate();
    const run = await beginRun();
    const waiting = 'waiting: a run is under way';
    await expect.poll(() => cloud.said, { timeout: 30_000 }).toContain(waiting);
    expect(cloud.published()).toBe(2);
    await run.release();
    expect((await failing).message).toContain(`${good.sha256} runs again`);
  });

  it('tells of itself beside what was wrong when it fails', async () => {
    const { good, failing } = await failLate();
    await rm(cloud.objects.locate('packages', `${good.sha256}.zip`));
    const { code, message, fix } = await failing;
    expect(code).toBe('DEPLOYMENT_UNHEALTHY');
    expect(message).toContain('only there');
    expect(message).toContain(`The one before it, ${good.sha256}, could not be put back`);
    expect(message).toContain('is not kept any more');
    expect(fix).toContain('npx mispriced deploy --list');
  });
});

/** A package on its way to the deployment service. */
const sending = { service: 'deployment', method: 'POST', path: '^/api/publish', skip: 0 } as const;

describe('a package whose deployment nobody tells of', () => {
  it('is followed all the same where the answer was lost', async () => {
    await at.send(await smallPackage({ mark: 'one' }));
    const two = await smallPackage({ mark: 'two' });
    cloud.plan({ ...sending, kind: 'lost', count: 1 });
    expect(await at.send(two)).toMatchObject({ result: 'live', package: two.sha256 });
    expect(cloud.said.join()).toContain('took the package is not known (no answer came)');
    expect(cloud.published()).toBe(2);
  });

  it('is sent again where it did not arrive, and given up in the end', async () => {
    const one = await smallPackage({ mark: 'one' });
    await at.send(one);
    const two = await smallPackage({ mark: 'two' });
    cloud.plan({ ...sending, kind: 'status', status: 503, count: 1 });
    expect(await at.send(two)).toMatchObject({ result: 'live', package: two.sha256 });
    cloud.plan({ ...sending, kind: 'status', status: 503, count: 3 });
    const { code, message } = await errorOf(at.send(await smallPackage({ mark: 'three' })));
    expect(code).toBe('DEPLOYMENT_FAILED');
    expect(message).toContain('did not take the package (it answered 503)');
    expect(await at.runningPackage()).toBe(two.sha256);
  });

  it('is looked at in the app where it takes too long', async () => {
    await at.send(await smallPackage({ mark: 'one' }));
    const two = await smallPackage({ mark: 'two' });
    await cloud.misbehave({ held: true });
    const sent = at.send(two, { timeouts: { publishSeconds: 20, verifySeconds: 6000 } });
    await expect
      .poll(() => cloud.said.join(), { timeout: 30_000 })
      .toContain('did not end within 20 seconds');
    await cloud.misbehave({ held: false });
    expect(await sent).toMatchObject({ result: 'live', package: two.sha256 });
    expect((await at.results()).at(-1)).toBe(`deploy live ${two.sha256}`);
  });
});

it('looks for a run again after it has waited for another deployment', async () => {
  const one = await smallPackage({ mark: 'one' });
  await at.send(one);
  await cloud.misbehave({ held: true });
  const others = await cloud.publish(await smallPackage({ mark: 'other' }));
  expect(others).toBe(202);
  const two = await smallPackage({ mark: 'two' });
  const sent = at.send(two);
  await expect
    .poll(() => cloud.said, { timeout: 30_000 })
    .toContain('another deployment is under way; waiting for its end');
  const run = await beginRun();
  await cloud.misbehave({ held: false });
  await cloud.whenIdle();
  await expect.poll(() => cloud.said, { timeout: 30_000 }).toContain('waiting: a run is under way');
  expect(await cloud.underWay()).toEqual([]);
  await run.release();
  expect(await sent).toMatchObject({ result: 'live', package: two.sha256 });
});
