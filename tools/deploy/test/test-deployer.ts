import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MispricedError } from '@mispriced/core';
import type { DeployDependencies } from '../src/azure/deploy-dependencies.ts';
import { deploy, type DeployOptions, type DeployResult } from '../src/deploy/deploy.ts';
import { rollBack, type RollbackResult } from '../src/deploy/roll-back.ts';
import { workspaceFolder } from '../src/package/workspace.ts';
import type { StoredPackage } from '../src/package/write-package.ts';
import { createReleaseLog, type ReleaseEntry } from '../src/release/release-log.ts';
import type { TestApp } from './test-app.ts';

/** Whoever deploys to a test's app. */
export interface TestDeployer {
  send(
    built: StoredPackage,
    more?: Partial<DeployOptions>,
    dependencies?: DeployDependencies,
  ): Promise<DeployResult>;
  goBack(): Promise<RollbackResult>;
  /** The package whose code answers; null for none. */
  runningPackage(): Promise<string | null>;
  releases(): Promise<readonly ReleaseEntry[]>;
  /** The release log in short. */
  results(): Promise<readonly string[]>;
}

/** With files at hand for all that an environment begins with. */
export async function deployerOf(cloud: TestApp): Promise<TestDeployer> {
  const folder = await mkdtemp(join(tmpdir(), 'at-hand-'));
  await writeFile(join(folder, 'rates.csv'), 'state,month,rate\n');
  await writeFile(join(folder, 'listing.json'), '{"loans":[]}');
  const bootstrap: DeployOptions['bootstrap'] = {
    modelFolder: join(workspaceFolder, 'tools/train/demo-model'),
    ownData: {
      'state-unemployment': join(folder, 'rates.csv'),
      'zip3-income': join(folder, 'rates.csv'),
    },
    listingFile: join(folder, 'listing.json'),
  };
  const common = {
    stack: 'dev',
    subscriptionId: cloud.subscriptionId,
    now: false,
    dryRun: false,
    confirm: () => Promise.resolve(false),
    clients: cloud.clients,
    timeouts: { publishSeconds: 6000, verifySeconds: 10 },
  };
  const releases: TestDeployer['releases'] = () =>
    createReleaseLog({ objects: cloud.objects, strategy: 'mispriced' }).read();
  return {
    send: (built, more = {}, dependencies = cloud.dependencies) =>
      deploy(
        {
          ...common,
          built,
          rollback: true,
          bootstrap,
          environment: {},
          // Not under test here, and slow: the scan of a working tree.
          workspace: tmpdir(),
          ...more,
        },
        dependencies,
      ),
    goBack: () =>
      rollBack({ ...common, workspace: workspaceFolder, sha256: null }, cloud.dependencies),
    runningPackage: async () => {
      const answer = await cloud.ask('/api/status');
      if (answer === null) return null;
      const { release } = (await answer.json()) as { release: { package: string | null } };
      return release.package;
    },
    releases,
    results: async () =>
      (await releases()).map(({ kind, result, package: name }) => `${kind} ${result} ${name}`),
  };
}

/** The error for a person with which something has to end. */
export async function errorOf(action: Promise<unknown>): Promise<MispricedError> {
  const error: unknown = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MispricedError) return error;
  throw new Error(`no error for a person: ${String(error)}`);
}
