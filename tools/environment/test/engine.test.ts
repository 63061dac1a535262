import { type ArmRequest, startSmallArm } from '@mispriced/local-cloud/provider-testing';
import { findPulumi } from '@mispriced/pulumi-cli';
import { fixturesFolder } from '@mispriced/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/cloud.ts';
import {
  connectedCloud,
  destroyEnvironment,
  type EnvironmentArgs,
  environmentOutputs,
  findDrift,
  previewChanges,
  upEnvironment,
} from '../src/index.ts';
import { AzureContract } from './azure-contract.ts';
import { temporaryProject, writtenText } from './temporary-project.ts';

/** The real engine, the real program and the real SDK, against a resource manager that only keeps. */
describe('an environment', () => {
  const fixtures = fixturesFolder();
  const sent: ArmRequest[] = [];
  let arm: Awaited<ReturnType<typeof startSmallArm>>;
  let cloud: Cloud;
  let common: Omit<EnvironmentArgs, 'stackName'>;
  const enough = { location: 'westeurope', owner: 'quant@example.com', commit: 'b095c8f' };
  const groupOf = async (stackName: string) =>
    String((await environmentOutputs({ ...common, stackName }))['resourceGroupName']);

  beforeAll(async () => {
    arm = await startSmallArm();
    cloud = await connectedCloud(arm.connection);
    common = {
      cloud,
      projectFolder: await temporaryProject(),
      environment: { PULUMI_CONFIG_PASSPHRASE: 'only for a test' },
      pulumi: await findPulumi(),
    };
  });
  afterAll(async () => {
    await cloud.close();
    await arm.close();
  });
  beforeEach(() => {
    sent.push(...arm.requests.splice(0));
  });

  it('is refused before anything is made, with every problem at once', async () => {
    const config = { location: 'atlantis', schedule: 'daily' };
    const attempt = upEnvironment({ ...common, stackName: 'dev', config });
    await expect(attempt).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/location.*\n.*\n.*schedule.*\n.*\n.*owner/) as string,
    });
    expect(arm.requests).toEqual([]);
  });

  it('comes up from nothing after a failure halfway', async () => {
    const error = { code: 'RegionFull', message: 'No room for this app.' };
    // The app comes late: much is made by then.
    arm.faults.push({ method: 'PUT', pathContains: '/sites/', status: 400, body: { error } });
    const config = { ...enough, schedule: '3 25 15 * * *' };
    const first = upEnvironment({ ...common, stackName: 'dev', config });
    await expect(first).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: expect.stringContaining(
        'Code="RegionFull" Message="No room for this app."',
      ) as string,
    });
    const { changes, outputs } = await upEnvironment({ ...common, stackName: 'dev' });
    expect(changes.same).toBeGreaterThan(15);
    expect(changes.create).toBeGreaterThanOrEqual(4);
    expect(outputs).toMatchObject({ stack: 'dev', storageAuth: 'identity' });
    expect(outputs['storageAccountName']).toMatch(/^mpdev[0-9a-f]{8}$/);
  });

  it('gives the app its rights before the app is made', () => {
    const order = sent.filter(({ method }) => method === 'PUT').map(({ path }) => path);
    const app = order.findLastIndex((path) => /\/sites\/[^/]+$/.test(path));
    const rights = order.findLastIndex((path) => path.includes('/roleAssignments/'));
    const vault = order.findIndex((path) => path.includes('/vaults/'));
    expect(rights).toBeGreaterThan(-1);
    expect(rights).toBeLessThan(app);
    expect(vault).toBeLessThan(app);
  });

  it('stays as it is when nothing has changed', async () => {
    const { changes } = await upEnvironment({ ...common, stackName: 'dev' });
    expect(Object.keys(changes)).toEqual(['same']);
    expect(arm.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  it('has one resource updated by the change of one setting, as its preview said', async () => {
    const config = { schedule: '3 35 15 * * *' };
    const previewed = await previewChanges({ ...common, stackName: 'dev', config });
    expect(previewed).toEqual([
      {
        operation: 'update',
        type: 'azure-native:web:WebAppApplicationSettings',
        name: 'app-settings',
        properties: ['properties.MISPRICED__SCHEDULE__DAILY_TRADE'],
      },
    ]);
    const { changes } = await upEnvironment({ ...common, stackName: 'dev' });
    expect(changes.update).toBe(1);
  });

  it('shows a setting that was changed behind its back, and puts it right', async () => {
    expect(await findDrift({ ...common, stackName: 'dev' })).toEqual([]);
    const path = [...arm.resources.keys()].find((key) => key.endsWith('/config/appsettings')) ?? '';
    const properties = { ...(arm.resources.get(path)?.['properties'] as object), EXTRA: 'by hand' };
    arm.resources.set(path, { ...arm.resources.get(path), properties });
    const drift = await findDrift({ ...common, stackName: 'dev' });
    expect(drift).toMatchObject([
      { operation: 'update', name: 'app-settings', properties: ['properties.EXTRA'] },
    ]);
    const container = [...arm.resources.keys()].find((key) => key.endsWith('/containers/runs'));
    arm.resources.delete(container ?? '');
    const more = await findDrift({ ...common, stackName: 'dev' });
    expect(more.map(({ operation, name }) => `${operation} ${name}`).sort()).toEqual([
      'delete runs',
      'update app-settings',
    ]);
    const { changes } = await upEnvironment({ ...common, stackName: 'dev' });
    expect(changes).toMatchObject({ create: 1, update: 1 });
    expect(arm.resources.get(path)?.['properties']).not.toHaveProperty('EXTRA');
    expect(arm.resources.has(container ?? '')).toBe(true);
  });

  it('shares nothing with another preview, and leaves nothing', async () => {
    const config = { ...enough, expiry: '2999-01-01', storageAuth: 'key' };
    await upEnvironment({ ...common, stackName: 'pr-1', config });
    await upEnvironment({ ...common, stackName: 'pr-11', config });
    const [one, other] = [await groupOf('pr-1'), await groupOf('pr-11')];
    const below = (group: string) =>
      [...arm.resources.keys()].filter((key) =>
        key.includes(`/resourcegroups/${group.toLowerCase()}`),
      );
    const names = (group: string) =>
      [...below(group)]
        .map((key) => arm.resources.get(key)?.['name'])
        .filter((name) => name !== 'default');
    const shared = names(one).filter(
      (name) => /[0-9a-f]{8}$/.test(String(name)) && names(other).includes(name),
    );
    expect(shared).toEqual([]);
    const before = below(other).length;
    await destroyEnvironment({ ...common, stackName: 'pr-1' });
    expect(below(one)).toEqual([]);
    expect(below(other)).toHaveLength(before);
    await destroyEnvironment({ ...common, stackName: 'pr-11' });
    expect(below(other)).toEqual([]);
  });

  it('is kept, where it is prod, until its protection is lifted', async () => {
    await upEnvironment({ ...common, stackName: 'prod', config: enough });
    const attempt = destroyEnvironment({ ...common, stackName: 'prod' });
    await expect(attempt).rejects.toMatchObject({
      code: 'ENVIRONMENT_REFUSED',
      fix: expect.stringContaining('pulumi state unprotect --all --yes --stack prod') as string,
    });
    expect(arm.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it.skipIf(fixtures === null)('sent Azure only what Azure accepts', () => {
    const contract = new AzureContract(fixtures ?? '');
    const writes = sent.filter(({ method }) => method === 'PUT');
    expect(writes.length).toBeGreaterThan(90);
    expect(writes.flatMap((request) => contract.violations(request))).toEqual([]);
  });

  it('writes no key and no password to disk', async () => {
    const text = await writtenText(common.projectFolder ?? '');
    expect(text).toContain('mispriced');
    expect(text).not.toMatch(/AccountKey=|"clientSecret"|sig=|only for a test/);
  });
});
