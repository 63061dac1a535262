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
  const service = new BlobServiceClient(accountUrl(rehearsal, stackName), operatorOf(cloud));
  const objects = createBlobObjectStore({ service });
  const now = (): Date => new Date();
  const registry = createModelRegistry({ objects, now });
  const { name, version } = await registry.publish(await readModelFolder(files.modelFolder));
  await registry.promote({ name, version, stage: stackName });
  const ownData = createOwnDataStore({ objects, now });
  for (const [set, file] of Object.entries(files.ownData)) {
    await ownData.publish({ set, bytes: await readFile(file), format: 'csv' });
  }
  const listing = service.getContainerClient('data').getBlockBlobClient('replay/listing.json');
  await listing.uploadData(await readFile(files.listing));
}

/** What such a person does as well where the stage asks a market: its key goes into the vault. */
export async function giveMarketKey(
  { cloud, market }: Rehearsal,
  stackName: string,
): Promise<void> {
  const vault = cloud.context.resources
    .ofType('Microsoft.KeyVault/vaults')
    .find((each) => each.body.tags?.['stack'] === stackName);
  if (vault === undefined) throw new Error(`${stackName} has no vault.`);
  const url = `${cloud.addresses.hosted('vault', vault.name)}/secrets/trading-api-key?api-version=7.6`;
  const { token } = await operatorOf(cloud).getToken('https://vault.azure.net/.default');
  const answer = await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ value: market.key }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

function operatorOf(cloud: Rehearsal['cloud']): ClientSecretCredential {
  const { clientId, clientSecret } = cloud.administrator;
  return new ClientSecretCredential(cloud.tenantId, clientId, clientSecret, {
    authorityHost: cloud.addresses.origin,
    disableInstanceDiscovery: true,
  });
}

function accountUrl({ cloud }: Rehearsal, stackName: string): string {
  const account = cloud.context.resources
    .ofType('Microsoft.Storage/storageAccounts')
    .find((each) => each.body.tags?.['stack'] === stackName);
  if (account === undefined) throw new Error(`${stackName} has no storage account.`);
  return cloud.addresses.hosted('blob', account.name);
}
