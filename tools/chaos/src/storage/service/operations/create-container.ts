import type { Operation } from '../operation.ts';
import { StorageRefusal } from '../storage-refusal.ts';
import type { ImmutabilityPolicy, StoredContainer } from '../stored-blob.ts';

/** Create Container: https://learn.microsoft.com/rest/api/storageservices/create-container */
export const createContainer: Operation = ({ call, containers, now, newEtag }) => {
  if (!/^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(call.container)) {
    throw new StorageRefusal('InvalidResourceName');
  }
  if (containers.has(call.container)) throw new StorageRefusal('ContainerAlreadyExists');
  const container = emptyContainer({ name: call.container, createdAt: now, etag: newEtag() });
  containers.set(call.container, container);
  return {
    status: 201,
    headers: { etag: container.etag, 'last-modified': now.toUTCString() },
    changed: true,
  };
};

/** A policy is set with Resource Manager, which the model has none of: it comes with the container. */
export function emptyContainer(args: {
  name: string;
  createdAt: Date;
  etag: string;
  immutability?: ImmutabilityPolicy | null;
}): StoredContainer {
  const { immutability = null, ...rest } = args;
  return { ...rest, immutability, blobs: new Map() };
}
