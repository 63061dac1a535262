import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, MispricedError } from '@mispriced/core';
import { openObjects } from '@mispriced/strategy';
import { z } from 'zod';
import type { OpenStores, Target } from './environment.ts';

const storageApiVersion = '2024-01-01';

const accountsSchema = z.object({
  value: z.array(
    z.object({ properties: z.object({ primaryEndpoints: z.object({ blob: z.string() }) }) }),
  ),
});

/**
 * Opens an environment's stores as whoever deploys, not as the app: by their own sign-in, also where
 * the app uses a key. Needs Storage Blob Data Contributor on the account.
 *
 * @throws MispricedError `ENVIRONMENT_MISSING` where the account cannot be told.
 */
export const openDeployerStores: OpenStores = async ({ config, target, world }) => {
  const { storage } = config.values;
  if (storage.kind === 'file') return openObjects(config);
  const url = storage.accountUrl ?? (await findBlobEndpoint(target));
  return createBlobObjectStore({
    service: new BlobServiceClient(url, world.credential),
    names: {
      models: storage.modelsContainer,
      data: storage.dataContainer,
      ledger: storage.ledgerContainer,
      runs: storage.runsContainer,
      packages: storage.packagesContainer,
    },
  });
};

async function findBlobEndpoint({ arm, app }: Target): Promise<string> {
  const group = app.id.slice(0, app.id.toLowerCase().indexOf('/providers/'));
  const path = `${group}/providers/Microsoft.Storage/storageAccounts`;
  const { body } = await arm.send({ method: 'GET', path, apiVersion: storageApiVersion });
  const [account, ...more] = accountsSchema.parse(body).value;
  if (account !== undefined && more.length === 0) return account.properties.primaryEndpoints.blob;
  throw new MispricedError({
    code: 'ENVIRONMENT_MISSING',
    message: `The storage account of ${app.name} cannot be told: its group has ${more.length + (account === undefined ? 0 : 1)}.`,
    fix: 'Bring the environment up again with `npx nx up infra`, which makes one.',
  });
}
