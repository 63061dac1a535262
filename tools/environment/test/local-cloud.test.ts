import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud, trustLocalCloud } from '@mispriced/local-cloud';
import { findPulumi } from '@mispriced/pulumi-cli';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/cloud.ts';
import {
  destroyEnvironment,
  type EnvironmentArgs,
  findDrift,
  localCloud,
  upEnvironment,
} from '../src/index.ts';
import { temporaryProject, writtenText } from './temporary-project.ts';

/** The same engine and program against the local cloud, which refuses what Azure would refuse. */
describe('an environment in the local cloud', () => {
  let local: LocalCloud;
  let cloud: Cloud;
  let common: Omit<EnvironmentArgs, 'stackName'>;
  const secrets: string[] = [];
  const enough = { location: 'westeurope', owner: 'quant@example.com', commit: 'b095c8f' };
  const group = (name: string) => local.request('GET', `${name}?api-version=2024-03-01`);

  beforeAll(async () => {
    local = await startLocalCloud({ stateFolder: await mkdtemp(join(tmpdir(), 'local-cloud-')) });
    trustLocalCloud(local.certificateFile);
    cloud = await localCloud(local.environment);
    common = {
      cloud,
      projectFolder: await temporaryProject(),
      environment: { PULUMI_CONFIG_PASSPHRASE: 'only for a test' },
      pulumi: await findPulumi(),
    };
  });
  afterAll(async () => {
    await cloud.close();
    await local.close();
  });

  it('comes up, stays as it is, and comes up again after its destruction', async () => {
    const args = { ...common, stackName: 'dev' };
    const first = await upEnvironment({ ...args, config: enough });
    expect((await upEnvironment(args)).changes).toEqual({ same: first.changes.create });
    expect(await findDrift(args)).toEqual([]);
    const { softDeletedVaults } = await destroyEnvironment(args);
    expect(softDeletedVaults).toEqual([first.outputs['keyVaultName']]);
    const again = await upEnvironment(args);
    expect(again.changes.create).toBe(first.changes.create);
    expect(again.outputs['keyVaultName']).not.toBe(first.outputs['keyVaultName']);
  });

  it('leaves nothing of a preview, not even a vault that could be brought back', async () => {
    const operatorsGroupObjectId = local.createGroup('operators');
    const modes = { storageAuth: 'key', keyVaultAccess: 'rbac', operatorsGroupObjectId };
    const args = { ...common, stackName: 'pr-12' };
    const { outputs } = await upEnvironment({
      ...args,
      config: { ...enough, ...modes, expiry: '2999-01-01' },
    });
    expect((await group(String(outputs['resourceGroupId']))).status).toBe(200);
    const account = String(outputs['storageAccountId']);
    const listed = await local.request('POST', `${account}/listKeys?api-version=2024-01-01`);
    secrets.push(...(listed.body as { keys: { value: string }[] }).keys.map(({ value }) => value));
    await destroyEnvironment(args);
    expect((await group(String(outputs['resourceGroupId']))).status).toBe(404);
    const deleted = `/subscriptions/${local.subscriptionId}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/${String(outputs['keyVaultName'])}`;
    expect((await local.request('GET', `${deleted}?api-version=2024-11-01`)).status).toBe(404);
  });

  it('leaves no key and no password on disk', async () => {
    const text = await writtenText(common.projectFolder ?? '');
    expect(secrets).toHaveLength(2);
    for (const secret of [...secrets, local.administrator.clientSecret]) {
      const encoded = [encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
      for (const form of [secret, ...encoded]) expect(text).not.toContain(form);
    }
    expect(text).not.toMatch(/AccountKey=|sig=|only for a test/);
  });
});
