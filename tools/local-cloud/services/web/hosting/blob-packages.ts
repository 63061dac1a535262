import { buffer } from 'node:stream/consumers';
import { type BlobServiceClient, type BlockBlobClient, RestError } from '@azure/storage-blob';
import type { SitePackages } from './site-packages.ts';
import type { RunnableSite } from '../site-runtime.ts';
import { functionAppConfigSchema } from '../site-schema.ts';
import { blobServiceByConnectionString, blobServiceBySignIn } from './blob-service.ts';
import { siteCredential } from './site-credential.ts';
import type { WebContext } from '../web-context.ts';

/** The one blob that every deployment replaces. Source: the plan's deployment container as it is. */
const blobName = 'released-package.zip';
const defaultConnectionSetting = 'DEPLOYMENT_STORAGE_CONNECTION_STRING';

/**
 * Keeps each site's package where Flex Consumption keeps it: in the container that the site names,
 * by the sign-in that the site names.
 */
export function createBlobPackages(context: WebContext): SitePackages {
  return {
    read: async (site) => {
      if (site.deploymentContainerUrl === null) return null;
      try {
        const { readableStreamBody } = await openBlob(context, site).download();
        return readableStreamBody === undefined ? null : await buffer(readableStreamBody);
      } catch (error) {
        if (isMissingBlob(error)) return null;
        throw inaccessible('BlobDownloadFailedException: Failed to download blob from', error);
      }
    },
    write: async (site, zip) => {
      try {
        const headers = { blobHTTPHeaders: { blobContentType: 'application/zip' } };
        await openBlob(context, site).uploadData(Buffer.from(zip), headers);
      } catch (error) {
        throw inaccessible('BlobUploadFailedException: Failed to upload blob to', error);
      }
    },
  };
}

function openBlob(context: WebContext, site: RunnableSite): BlockBlobClient {
  const resource = context.resources.find(site.id);
  if (resource === undefined) throw new Error(`There is no site ${site.name} any more.`);
  const config = functionAppConfigSchema.parse(resource.body.properties?.['functionAppConfig']);
  const { value, authentication } = config.deployment.storage;
  const { origin, pathname } = new URL(value);
  const service = (): BlobServiceClient => {
    if (authentication.type === 'StorageAccountConnectionString') {
      const name = authentication.storageAccountConnectionStringName ?? defaultConnectionSetting;
      const text = site.environment[name];
      if (text === undefined) throw new Error(`The app setting ${name} is missing.`);
      return blobServiceByConnectionString(text);
    }
    const resourceId = authentication.userAssignedIdentityResourceId;
    const identity =
      authentication.type === 'UserAssignedIdentity' && typeof resourceId === 'string'
        ? ({ kind: 'resource', resourceId } as const)
        : ({ kind: 'system' } as const);
    return blobServiceBySignIn(origin, siteCredential(context, site, identity));
  };
  const container = pathname.replaceAll(/^\/+|\/+$/g, '');
  return service().getContainerClient(container).getBlockBlobClient(blobName);
}

function isMissingBlob(error: unknown): boolean {
  return error instanceof RestError && error.statusCode === 404 && error.code === 'BlobNotFound';
}

/** In the words in which Azure's deployment service says it. */
function inaccessible(what: string, cause: unknown): Error {
  const status = cause instanceof RestError ? cause.statusCode : undefined;
  const said = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? '';
  const detail =
    status === undefined
      ? said
      : `Response status code does not indicate success: ${status} (${said})`;
  return new Error(
    `InaccessibleStorageException: Failed to access storage account for deployment: ${what} storage account: ${detail}.`,
    { cause },
  );
}
