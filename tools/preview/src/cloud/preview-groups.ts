import { type CloudConnection, purgeVault } from '@mispriced/azure';
import { parseStackName } from '@mispriced/infra/stack';
import { z } from 'zod';
import { previewArm } from './preview-arm.ts';

const tags = z.record(z.string(), z.string()).nullish();

const group = z.object({ id: z.string(), name: z.string(), location: z.string(), tags });

const deletedVault = z.object({
  name: z.string(),
  properties: z.object({ vaultId: z.string(), location: z.string(), tags }),
});

const groupsVersion = '2024-11-01';
const vaultsVersion = '2024-11-01';

/** What stands in the cloud under a preview's tags. */
export interface TaggedPlace {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  /** The number of its pull request. */
  readonly pullRequest: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Every resource group that says of itself that it is a preview's, whoever made it. */
export async function listPreviewGroups(connection: CloudConnection): Promise<TaggedPlace[]> {
  const path = `/subscriptions/${connection.subscriptionId}/resourcegroups`;
  const all = await previewArm(connection).list(path, groupsVersion);
  return all.flatMap((each) => tagged(group.parse(each)));
}

/** Every vault of a preview that soft delete keeps, with the id that it had. */
export async function listDeletedPreviewVaults(
  connection: CloudConnection,
): Promise<TaggedPlace[]> {
  const path = `/subscriptions/${connection.subscriptionId}/providers/Microsoft.KeyVault/deletedVaults`;
  const all = await previewArm(connection).list(path, vaultsVersion);
  return all.flatMap((each) => {
    const { name, properties } = deletedVault.parse(each);
    return tagged({ ...properties, id: properties.vaultId, name });
  });
}

/** Takes a group away with all that is in it, rights on it included. */
export async function deleteGroup(connection: CloudConnection, { id }: TaggedPlace): Promise<void> {
  await previewArm(connection).delete(id, groupsVersion);
}

/** Ends what soft delete keeps of a vault. */
export async function endVault(connection: CloudConnection, vault: TaggedPlace): Promise<void> {
  await purgeVault(previewArm(connection), vault);
}

function tagged(place: {
  id: string;
  name: string;
  location: string;
  tags?: Record<string, string> | null | undefined;
}): TaggedPlace[] {
  const given = place.tags ?? {};
  if (given['project'] !== 'mispriced') return [];
  const stack = parseStackName(given['stack'] ?? '');
  if (typeof stack === 'string' || stack.pullRequest === null) return [];
  const { id, name, location } = place;
  return [{ id, name, location, pullRequest: stack.pullRequest, tags: given }];
}
