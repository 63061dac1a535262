import { BlobServiceClient, RestError, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { Secret } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import type { StorageAccount } from '../account/storage-account.ts';

/** What storage says to a key: it opens the account, it does not, or the account takes no key. */
export type KeyAnswer = 'alive' | 'dead' | 'not-permitted';

const retryOptions = { maxTries: 4, retryDelayInMs: 500, tryTimeoutInMs: 30_000 };

/**
 * Asks the account's Blob service something that takes a key, and nothing but a key, to be answered.
 *
 * @throws MispricedError `STORE_UNAVAILABLE` where the service gave neither a yes nor a no.
 */
export async function tryKey(account: StorageAccount, key: Secret): Promise<KeyAnswer> {
  try {
    const credential = new StorageSharedKeyCredential(account.name, key.reveal());
    const service = new BlobServiceClient(account.endpoints.blob, credential, { retryOptions });
    await service.listContainers().byPage({ maxPageSize: 1 }).next();
    return 'alive';
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 403) {
      if (error.code === 'KeyBasedAuthenticationNotPermitted') return 'not-permitted';
      // The second also stands for network rules: whoever relies on a no tries a living key as well.
      if (['AuthenticationFailed', 'AuthorizationFailure'].includes(error.code ?? ''))
        return 'dead';
    }
    // Not the SDK's words: they may repeat parts of the request.
    const said = error instanceof RestError ? (error.code ?? error.statusCode ?? '') : '';
    throw new MispricedError({
      code: 'STORE_UNAVAILABLE',
      message: `Whether a key opens ${account.name} could not be seen (${said}).`,
      fix: 'Check the network rules of the account, and that this machine may reach it.',
      retryable: true,
    });
  }
}
