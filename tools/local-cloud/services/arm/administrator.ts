import { randomUUID } from 'node:crypto';
import type { StateFolder } from '../../src/state/state-folder.ts';
import type { ArmEngineContext } from '../engine/resource-type.ts';
import type { Directory } from '../identity/directory.ts';
import { addServicePrincipal, type SignIn } from '../identity/sign-in.ts';

const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** The one who may do anything in the subscription; made once, its secret kept sealed. */
export function openAdministrator(
  context: Pick<ArmEngineContext, 'clock' | 'resources' | 'subscriptionId'> & {
    readonly directory: Directory;
    readonly state: StateFolder;
  },
): SignIn {
  const document = context.state.document<SignIn | null>('administrator', () => null);
  if (document.value !== null) return document.value;
  const now = context.clock();
  const administrator = addServicePrincipal(context.directory, {
    displayName: 'local-cloud-administrator',
    now,
    lifetimeDays: 3_650,
  });
  const scope = `/subscriptions/${context.subscriptionId}`;
  const name = randomUUID();
  context.resources.put({
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    type: 'Microsoft.Authorization/roleAssignments',
    name,
    body: {
      properties: {
        principalId: administrator.objectId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${ownerRole}`,
      },
    },
    facts: {},
    // Long ago, so that no delay of new assignments holds it up.
    createdAt: new Date(0).toISOString(),
    changedAt: now.toISOString(),
  });
  document.value = administrator;
  document.save();
  return document.value;
}
