import { randomUUID } from 'node:crypto';
import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import { makeServicePrincipal } from '../services/identity/directory.ts';
import type { SignIn } from './local-cloud.ts';
import type { StateFolder } from './state/state-folder.ts';

const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** The one who may do anything in the subscription; made once, its secret kept sealed. */
export function openAdministrator(state: StateFolder, context: ArmContext): SignIn {
  const document = state.document<SignIn | null>('administrator', () => null);
  if (document.value !== null) return document.value;
  const now = context.clock();
  const { principal, clientSecret } = makeServicePrincipal({
    displayName: 'local-cloud-administrator',
    now,
    lifetimeDays: 3_650,
  });
  context.directory.add(principal);
  const scope = `/subscriptions/${context.subscriptionId}`;
  const name = randomUUID();
  context.resources.put({
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name,
    body: {
      properties: {
        principalId: principal.objectId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${ownerRole}`,
      },
    },
    facts: {},
    // Long ago, so that no delay of new assignments holds it up.
    createdAt: new Date(0).toISOString(),
    changedAt: now.toISOString(),
  });
  document.value = {
    objectId: principal.objectId,
    clientId: principal.appId ?? '',
    clientSecret,
  };
  document.save();
  return document.value;
}
