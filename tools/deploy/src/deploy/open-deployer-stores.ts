import { BlobServiceClient } from '@azure/storage-blob';
import type { FunctionApp } from '@mispriced/azure';
import type { LoadedConfig } from '@mispriced/config';
import { createBlobObjectStore, MispricedError, type ObjectStore } from '@mispriced/core';
import { containerNamesOf, openObjects } from '@mispriced/strategy';
import type { DeployDependencies } from '../azure/deploy-dependencies.ts';

/** Whose stores are meant. */
interface StoresOwner {
  readonly app: Pick<FunctionApp, 'name' | 'deploymentContainerUrl'>;
  readonly stack: string;
}

/** As patient as the app itself is. */
const retryOptions = { maxTries: 4, retryDelayInMs: 500, tryTimeoutInMs: 30_000 };

/**
 * Opens an environment's stores as whoever deploys, not as the app: by their own sign-in, also where
 * the app uses a key. Needs Storage Blob Data Contributor on the account.
 *
 * @throws MispricedError `ENVIRONMENT_MISSING` where the account cannot be told.
 */
export async function openDeployerStores(args: {
  config: LoadedConfig;
  target: StoresOwner;
  dependencies: DeployDependencies;
}): Promise<ObjectStore> {
  const { config, target, dependencies } = args;
  const { storage } = config.values;
  if (storage.kind === 'file') return openObjects(config);
  const url = storage.accountUrl ?? blobEndpointOf(target);
  return createBlobObjectStore({
    service: new BlobServiceClient(url, dependencies.credential, { retryOptions }),
    names: containerNamesOf(storage),
  });
}

/**
 * In key mode no setting says where the storage is but a connection string, which is a secret. The
 * platform keeps the running package in the same account, and the app says where that is.
 */
function blobEndpointOf({ app, stack }: StoresOwner): string {
  const url = URL.parse(app.deploymentContainerUrl ?? '');
  if (url !== null) return url.origin;
  throw new MispricedError({
    code: 'ENVIRONMENT_MISSING',
    message: `Where the storage of ${app.name} is cannot be told: no setting and no deployment container says so.`,
    fix: `Bring the environment up again: \`npx mispriced up --stack ${stack}\`.`,
  });
}
