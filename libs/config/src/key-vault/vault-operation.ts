/** What was tried with a vault's secrets: the word in an access policy. */
export type VaultOperation = 'get' | 'set' | 'list';

/** What each operation is called, and what lets somebody do it. */
export const vaultOperations = {
  get: {
    verb: 'read the secret',
    dataAction: 'secrets/getSecret',
    role: 'Key Vault Secrets User',
  },
  set: {
    verb: 'write the secret',
    dataAction: 'secrets/setSecret',
    role: 'Key Vault Secrets Officer',
  },
  list: {
    verb: 'list the secrets',
    dataAction: 'secrets/readMetadata',
    role: 'Key Vault Secrets User',
  },
} as const satisfies Record<VaultOperation, { verb: string; dataAction: string; role: string }>;
