/** Everything that can be done with a secret here, and what each grants it under either regime. */
const secretOperations = {
  get: { kind: 'secrets', permission: 'get', action: 'getSecret/action' },
  list: { kind: 'secrets', permission: 'list', action: 'readMetadata/action' },
  set: { kind: 'secrets', permission: 'set', action: 'setSecret/action' },
  update: { kind: 'secrets', permission: 'set', action: 'update/action' },
  delete: { kind: 'secrets', permission: 'delete', action: 'delete' },
  recover: { kind: 'secrets', permission: 'recover', action: 'recover/action' },
  purge: { kind: 'secrets', permission: 'purge', action: 'purge/action' },
  getDeleted: { kind: 'secrets', permission: 'get', action: 'readMetadata/action' },
  listDeleted: { kind: 'secrets', permission: 'list', action: 'readMetadata/action' },
} as const;

/** The same for keys, whose private half nothing ever gives out. */
const keyOperations = {
  getKey: { kind: 'keys', permission: 'get', action: 'read' },
  listKeys: { kind: 'keys', permission: 'list', action: 'read' },
  createKey: { kind: 'keys', permission: 'create', action: 'create/action' },
  encrypt: { kind: 'keys', permission: 'encrypt', action: 'encrypt/action' },
  decrypt: { kind: 'keys', permission: 'decrypt', action: 'decrypt/action' },
} as const;

/** Every operation of a vault's data plane. */
export const vaultOperations = { ...secretOperations, ...keyOperations } as const;

/** One of the operations. */
export type VaultOperation = keyof typeof vaultOperations;
