import { BlobServiceClient, RestError } from '@azure/storage-blob';
import type { Secret } from '@mispriced/config';

/** What is wrong with a connection string, in words that go on after "the connection string"; or null. */
export type ProveStorageKey = (connectionString: Secret) => Promise<string | null>;

const retryOptions = { maxTries: 3, retryDelayInMs: 500, tryTimeoutInMs: 20_000 };

const refusals: Readonly<Record<string, string>> = {
  AuthenticationFailed: 'holds a key that the account does not take: it was reset or renewed',
  AuthorizationFailure:
    'is refused by the account: its key was reset, or network rules keep this machine out',
  KeyBasedAuthenticationNotPermitted: 'is of no use: the account takes no keys',
};

/** Asks a storage account, with the key that an app has for it, whether the key opens it. */
export const proveStorageKey: ProveStorageKey = async (connectionString) => {
  let service: BlobServiceClient;
  try {
    service = BlobServiceClient.fromConnectionString(connectionString.reveal(), { retryOptions });
  } catch {
    // The SDK's own complaint would repeat parts of what it was given.
    return 'is none of a storage account';
  }
  try {
    await service.listContainers().byPage({ maxPageSize: 1 }).next();
    return null;
  } catch (error) {
    const { code = '', statusCode } = error instanceof RestError ? error : {};
    if (statusCode === undefined) return `leads to ${service.accountName}, which does not answer`;
    const refused = refusals[code];
    if (refused !== undefined) return refused;
    // Busy, or out of order: that says nothing of the key.
    return null;
  }
};
