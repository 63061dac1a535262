import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionAppsService, startLocalCloud, trustLocalCloud } from '@mispriced/local-cloud';
import type { AskArm, SharedPlace } from './shared-place.ts';
import { makeTestApp, type TestApp } from './test-app.ts';

const blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';
const location = 'westeurope';
const accountName = 'deploydata';
const vaultName = 'kv-deploy';

/** A local cloud in which function apps can be deployed to, for all the tests of a file. */
export interface TestCloud {
  /** Makes an app that has no code yet, with stores of its own. */
  makeApp(): Promise<TestApp>;
  close(): Promise<void>;
}

/** Starts it. */
export async function startTestCloud(): Promise<TestCloud> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'deploy-cloud-'));
  const cloud = await startLocalCloud({ stateFolder, services: [functionAppsService] });
  trustLocalCloud(cloud.certificateFile);
  cloud.setSettings({ operationSeconds: 0 });
  const arm: AskArm = async (method, path, version, body) => {
    const answer = await cloud.request(method, `${path}?api-version=${version}`, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const group = `/subscriptions/${cloud.subscriptionId}/resourceGroups/mispriced-dev`;
  const providers = `${group}/providers`;
  await arm('PUT', group, '2024-03-01', { location });
  const identityId = `${providers}/Microsoft.ManagedIdentity/userAssignedIdentities/app`;
  const made = (await arm('PUT', identityId, '2023-01-31', { location })) as {
    properties: { principalId: string; clientId: string };
  };
  const { principalId, clientId } = made.properties;
  const accountId = `${providers}/Microsoft.Storage/storageAccounts/${accountName}`;
  await arm('PUT', accountId, '2024-01-01', {
    location,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowSharedKeyAccess: false },
  });
  await arm('PUT', `${providers}/Microsoft.KeyVault/vaults/${vaultName}`, '2024-11-01', {
    location,
    properties: {
      tenantId: cloud.tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      accessPolicies: [
        {
          tenantId: cloud.tenantId,
          objectId: principalId,
          permissions: { secrets: ['get', 'list'] },
        },
      ],
    },
  });
  const roles = '/providers/Microsoft.Authorization';
  let assigned = new Map<string, string>();
  const setRoles: SharedPlace['setRoles'] = async (wanted = [blobOwner]) => {
    const next = new Map<string, string>();
    for (const role of wanted) {
      const known = assigned.get(role);
      next.set(role, known ?? `${accountId}${roles}/roleAssignments/${crypto.randomUUID()}`);
    }
    for (const [role, id] of assigned) {
      if (!next.has(role)) await arm('DELETE', id, '2022-04-01');
    }
    for (const [role, id] of next) {
      if (assigned.has(role)) continue;
      const roleDefinitionId = `/subscriptions/${cloud.subscriptionId}${roles}/roleDefinitions/${role}`;
      const properties = { principalId, principalType: 'ServicePrincipal', roleDefinitionId };
      await arm('PUT', id, '2022-04-01', { properties });
    }
    assigned = next;
  };
  const place: SharedPlace = {
    cloud,
    arm,
    providers,
    location,
    accountId,
    accountUrl: cloud.addresses.hosted('blob', accountName),
    vaultName,
    identity: { id: identityId, clientId },
    setRoles,
  };
  let count = 0;
  return {
    makeApp: () => makeTestApp(place, (count += 1)),
    close: async () => {
      await cloud.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
