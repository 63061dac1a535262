import { readFile } from 'node:fs/promises';
import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, createModelRegistry, createOwnDataStore } from '@mispriced/core';
import type { Rehearsal } from '@mispriced/rehearsal';
import { readModelFolder } from '@mispriced/strategy';

/**
 * What a person does once for a new environment, as one of its operators: publish a model and own
 * data, and a listing to replay.
 */
export async function fillStores(rehearsal: Rehearsal, stackName: string): Promise<void> {
  const { files, cloud } = rehearsal;
  const { clientId, clientSecret } = cloud.administrator;
  const credential = new ClientSecretCredential(cloud.tenantId, clientId, clientSecret, {
    authorityHost: cloud.addresses.origin,
    disableInstanceDiscovery: true,
  });
  const service = new BlobServiceClient(accountUrl(rehearsal, stackName), credential);
  const objects = createBlobObjectStore({ service });
  const now = (): Date => new Date();
  const registry = createModelRegistry({ objects, now });
  const { name, version } = await registry.publish(await readModelFolder(files.modelFolder));
  await registry.promote({ name, version, stage: 'dev' });
  const ownData = createOwnDataStore({ objects, now });
  for (const [set, file] of Object.entries(files.ownData)) {
    await ownData.publish({ set, bytes: await readFile(file), format: 'csv' });
  }
  const listing = service.getContainerClient('data').getBlockBlobClient('replay/listing.json');
  await listing.uploadData(await readFile(files.listing));
}

function accountUrl({ cloud }: Rehearsal, stackName: string): string {
  const account = cloud.context.resources
    .ofType('Microsoft.Storage/storageAccounts')
    .find((each) => each.body.tags?.['stack'] === stackName);
  if (account === undefined) throw new Error(`${stackName} has no storage account.`);
  return cloud.addresses.hosted('blob', account.name);
}
