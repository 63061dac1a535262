/** Everything that can be done with a secret here, and what each grants it under either regime. */
export const secretOperations = {
  get: { permission: 'get', action: 'getSecret/action' },
  list: { permission: 'list', action: 'readMetadata/action' },
  set: { permission: 'set', action: 'setSecret/action' },
  update: { permission: 'set', action: 'update/action' },
  delete: { permission: 'delete', action: 'delete' },
  recover: { permission: 'recover', action: 'recover/action' },
  purge: { permission: 'purge', action: 'purge/action' },
  getDeleted: { permission: 'get', action: 'readMetadata/action' },
  listDeleted: { permission: 'list', action: 'readMetadata/action' },
} as const;

/** One of the operations. */
export type SecretOperation = keyof typeof secretOperations;
