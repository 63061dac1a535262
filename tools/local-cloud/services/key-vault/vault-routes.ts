import { z } from 'zod';
import { answer, checkedBody, HttpError } from '@mispriced/loopback-server';
import { checkApiVersion } from '../engine/api-version.ts';
import type { ArmRoute } from '../engine/arm-route.ts';
import { badRequest, resourceNotFound } from '../engine/errors.ts';
import { changePolicies } from './change-policies.ts';
import { type DeletedVault, deletedVaults, find, purgeVault } from './deleted-vaults.ts';
import type { VaultArmContext } from './key-vault-context.ts';
import {
  type AccessPolicy,
  accessPolicySchema,
  vaultApiVersions,
  vaultType,
} from './vault-type.ts';
import { vaultOf } from './vault-view.ts';

const provider = '/subscriptions/{subscription}/providers/Microsoft.KeyVault';
const policiesBody = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
  properties: z.strictObject({ accessPolicies: z.array(accessPolicySchema) }),
});

/** Access policies one at a time, and vaults after their deletion. */
export const vaultRoutes: readonly ArmRoute<VaultArmContext>[] = [
  {
    method: 'PUT',
    path:
      '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.KeyVault/vaults/' +
      '{vault}/accessPolicies/{operation}',
    action: 'Microsoft.KeyVault/vaults/accessPolicies/write',
    handle: ({ request, parameters, context }) => {
      version(request.query);
      const id = request.path.split('/').slice(0, -2).join('/');
      const vault = context.resources.find(id);
      const name = parameters['vault'] ?? '';
      const group = parameters['group'];
      if (vault === undefined) throw resourceNotFound({ type: vaultType.type, name, group });
      const { properties } = checkedBody(policiesBody, request);
      const accessPolicies = changePolicies({
        before: (vault.body.properties?.['accessPolicies'] ?? []) as AccessPolicy[],
        change: properties.accessPolicies,
        operation: parameters['operation'] ?? '',
      });
      context.resources.put({
        ...vault,
        body: { ...vault.body, properties: { ...vault.body.properties, accessPolicies } },
        changedAt: context.clock().toISOString(),
      });
      return answer(200, {
        id: `${vault.id}/accessPolicies/`,
        type: 'Microsoft.KeyVault/vaults/accessPolicies',
        location: vault.body.location,
        properties: { accessPolicies },
      });
    },
  },
  {
    method: 'GET',
    path: `${provider}/deletedVaults`,
    action: 'Microsoft.KeyVault/deletedVaults/read',
    handle: ({ request, context }) => {
      version(request.query);
      return answer(200, { value: deletedVaults(context).map(show) });
    },
  },
  {
    // Commands that list deleted vaults list these too; there are none.
    method: 'GET',
    path: `${provider}/deletedManagedHSMs`,
    action: 'Microsoft.KeyVault/deletedManagedHSMs/read',
    handle: () => answer(200, { value: [] }),
  },
  {
    method: 'GET',
    path: `${provider}/locations/{location}/deletedVaults/{name}`,
    action: 'Microsoft.KeyVault/locations/deletedVaults/read',
    handle: ({ request, parameters, context }) => {
      version(request.query);
      return answer(200, show(existing(context, parameters['name'] ?? '')));
    },
  },
  {
    method: 'POST',
    path: `${provider}/locations/{location}/deletedVaults/{name}/purge`,
    action: 'Microsoft.KeyVault/locations/deletedVaults/purge/action',
    handle: ({ request, parameters, context }) => {
      const apiVersion = version(request.query);
      const deleted = existing(context, parameters['name'] ?? '');
      if (vaultOf(deleted.vault).enablePurgeProtection) {
        throw badRequest(
          `Deleted vault '${deleted.vault.name}' cannot be purged because purge protection is ` +
            'enabled for it. It is purged after its retention period has passed.',
          'PurgeProtectionEnabled',
        );
      }
      purgeVault(context, deleted);
      const headers = context.operations.start({
        style: 'location',
        base: `/subscriptions/${context.subscriptionId}/providers/Microsoft.KeyVault/locations/global`,
        apiVersion,
        result: () => answer(200),
      });
      return answer(202, undefined, headers);
    },
  },
  {
    method: 'POST',
    path: `${provider}/checkNameAvailability`,
    action: 'Microsoft.KeyVault/checkNameAvailability/read',
    handle: ({ request, context }) => {
      version(request.query);
      const { name } = checkedBody(z.object({ name: z.string() }), request);
      if (!vaultType.name.pattern.test(name)) {
        const message = vaultType.name.message(name);
        return answer(200, { nameAvailable: false, reason: 'AccountNameInvalid', message });
      }
      const isTaken =
        find(context, name) !== undefined ||
        context.resources.ofType(vaultType.type).some((each) => each.name === name);
      return answer(
        200,
        isTaken
          ? {
              nameAvailable: false,
              reason: 'AlreadyExists',
              message: `The name '${name}' is already in use.`,
            }
          : { nameAvailable: true },
      );
    },
  },
];

function existing(context: VaultArmContext, name: string): DeletedVault {
  const found = find(context, name);
  if (found !== undefined) return found;
  throw new HttpError({
    status: 404,
    code: 'DeletedVaultNotFound',
    message: `The specified deleted vault '${name}' does not exist.`,
  });
}

function show(deleted: DeletedVault): Record<string, unknown> {
  return {
    id: deleted.record.id,
    name: deleted.vault.name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: deleted.vault.id,
      location: deleted.vault.body.location,
      tags: deleted.vault.body.tags ?? {},
      deletionDate: deleted.deletedAt.toISOString(),
      scheduledPurgeDate: deleted.purgeAt.toISOString(),
      purgeProtectionEnabled: vaultOf(deleted.vault).enablePurgeProtection,
    },
  };
}

function version(query: URLSearchParams): string {
  return checkApiVersion({
    version: query.get('api-version'),
    type: vaultType.type,
    known: vaultApiVersions,
  });
}
