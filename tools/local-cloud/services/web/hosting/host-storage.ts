import { BlobStateStore, type HostStateStore } from '@mispriced/functions-host';
import type { RunnableSite } from '../site-runtime.ts';
import { isReference } from '../key-vault-reference.ts';
import { blobServiceByConnectionString, blobServiceBySignIn } from './blob-service.ts';
import { siteCredential } from './site-credential.ts';
import type { WebContext } from '../web-context.ts';

const settingName = 'AzureWebJobsStorage';

/**
 * Where a site's host keeps its timers and locks: what its `AzureWebJobsStorage` settings name, by a
 * connection string or by the site's identity.
 *
 * @throws Error saying what is wrong with the setting
 */
export function hostStorageOf(context: WebContext, site: RunnableSite): HostStateStore {
  const setting = (name: string): string | undefined =>
    Object.entries(site.environment).find(
      ([each]) => each.toLowerCase() === name.toLowerCase(),
    )?.[1];
  const text = setting(settingName);
  if (text !== undefined) return new BlobStateStore(byConnectionString(text));
  const url =
    setting(`${settingName}__blobServiceUri`) ??
    accountUrl(context, setting(`${settingName}__accountName`));
  if (url === undefined) {
    throw new Error(`Missing value for ${settingName}: the host needs a storage account.`);
  }
  const clientId = setting(`${settingName}__clientId`);
  const credential = setting(`${settingName}__credential`)?.toLowerCase();
  if (clientId !== undefined && credential !== 'managedidentity') {
    throw new Error(`${settingName}__credential has to be managedidentity with a client id.`);
  }
  const identity =
    clientId === undefined
      ? ({ kind: 'system' } as const)
      : ({ kind: 'client', clientId } as const);
  return new BlobStateStore(blobServiceBySignIn(url, siteCredential(context, site, identity)));
}

function accountUrl(context: WebContext, account: string | undefined): string | undefined {
  return account === undefined ? undefined : context.addresses.hosted('blob', account);
}

function byConnectionString(text: string): ReturnType<typeof blobServiceByConnectionString> {
  if (isReference(text)) {
    throw new Error(`The Key Vault reference in ${settingName} is not resolved.`);
  }
  try {
    return blobServiceByConnectionString(text);
  } catch {
    // Its own message might show a part of the string.
    throw new Error(`${settingName} is not a connection string of a storage account.`);
  }
}
