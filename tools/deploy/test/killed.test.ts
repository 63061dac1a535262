import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore } from '@mispriced/core';
import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeployDependencies } from '../src/azure/deploy-dependencies.ts';
import { deploy, type DeployResult } from '../src/deploy/deploy.ts';
import { workspaceFolder } from '../src/package/workspace.ts';
import type { StoredPackage } from '../src/package/write-package.ts';
import { smallPackage } from './small-package.ts';
import type { TestApp } from './test-app.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let place: TestCloud;
let cloud: TestApp;
let listingFile = '';

beforeAll(async () => {
  place = await startTestCloud();
  cloud = await place.makeApp();
  listingFile = join(await mkdtemp(join(tmpdir(), 'at-hand-')), 'data.csv');
  await writeFile(listingFile, 'x\n');
  await send(await smallPackage({ mark: 'first' }), Number.POSITIVE_INFINITY);
});

afterAll(async () => {
  await cloud.remove();
  await place.close();
});

class Killed extends Error {}

/** Deploys and is killed at the given step: a request or a write of a store; nothing follows it. */
async function send(built: StoredPackage, killedAtStep: number): Promise<DeployResult> {
  const isKilled = Number.isFinite(killedAtStep);
  let step = 0;
  const live = <Result>(go: () => Promise<Result>): Promise<Result> => {
    step += 1;
    return step >= killedAtStep ? Promise.reject(new Killed(`step ${step}`)) : go();
  };
  const dependencies: DeployDependencies = {
    ...cloud.dependencies,
    fetch: (input, init) => live(() => cloud.dependencies.fetch(input, init)),
  };
  const objects: ObjectStore = {
    ...cloud.objects,
    write: (...args) => live(() => cloud.objects.write(...args)),
    append: (...args) => live(() => cloud.objects.append(...args)),
  };
  return deploy(
    {
      stack: 'dev',
      subscriptionId: cloud.subscriptionId,
      built,
      workspace: tmpdir(),
      now: true,
      dryRun: false,
      rollback: true,
      environment: {},
      bootstrap: {
        modelFolder: join(workspaceFolder, 'tools/train/demo-model'),
        ownData: { 'state-unemployment': listingFile, 'zip3-income': listingFile },
        listingFile,
      },
      confirm: () => Promise.resolve(true),
      clients: { ...cloud.clients, openStores: () => Promise.resolve(objects) },
      timeouts: { publishSeconds: isKilled ? 20 : 6000, verifySeconds: 10 },
    },
    dependencies,
  );
}

async function answers(): Promise<boolean> {
  return (await cloud.ask('/api/status'))?.status === 200;
}

describe('a deployment that is killed', () => {
  // 1 to 5 ask what there is, 6 to 9 keep the package, 10 asks for others, 11 sends it, the rest looks.
  it.each(provesAll ? [6, 8, 11, 13] : [8, 13])(
    'at step %i leaves code running, and the next one works',
    async (step) => {
      const built = await smallPackage({ mark: `killed at ${step}` });
      await expect(send(built, step)).rejects.toThrow();
      await cloud.whenIdle();
      expect(await answers()).toBe(true);
      const { result } = await send(built, Number.POSITIVE_INFINITY);
      expect(['live', 'unchanged']).toContain(result);
    },
  );
});
