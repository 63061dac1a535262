import { casesOf, type EnvironmentCase } from './cases.ts';

type Modes = Pick<EnvironmentCase, 'storageAuth' | 'keyVaultAccess' | 'secretsDelivery'>;

/** Every kind of stack, and among them every pair of modes: the least that holds them all. */
export const chosenModes = {
  dev: { storageAuth: 'key', keyVaultAccess: 'rbac', secretsDelivery: 'hybrid' },
  staging: { storageAuth: 'identity', keyVaultAccess: 'rbac', secretsDelivery: 'reference' },
  prod: { storageAuth: 'identity', keyVaultAccess: 'policies', secretsDelivery: 'hybrid' },
  local: { storageAuth: 'key', keyVaultAccess: 'rbac', secretsDelivery: 'code' },
  'pr-1': { storageAuth: 'key', keyVaultAccess: 'policies', secretsDelivery: 'reference' },
  'pr-11': { storageAuth: 'identity', keyVaultAccess: 'policies', secretsDelivery: 'code' },
} satisfies Record<string, Modes>;

/**
 * What is chosen for a stack afterwards, by an update, so that every kind of stack meets every choice
 * of each mode. Both previews are of one kind.
 */
export const furtherModes: Readonly<Record<keyof typeof chosenModes, readonly Modes[]>> = {
  dev: [
    { storageAuth: 'identity', keyVaultAccess: 'policies', secretsDelivery: 'code' },
    { storageAuth: 'identity', keyVaultAccess: 'policies', secretsDelivery: 'reference' },
  ],
  staging: [
    { storageAuth: 'key', keyVaultAccess: 'policies', secretsDelivery: 'code' },
    { storageAuth: 'key', keyVaultAccess: 'policies', secretsDelivery: 'hybrid' },
  ],
  prod: [
    { storageAuth: 'key', keyVaultAccess: 'rbac', secretsDelivery: 'code' },
    { storageAuth: 'key', keyVaultAccess: 'rbac', secretsDelivery: 'reference' },
  ],
  local: [
    { storageAuth: 'identity', keyVaultAccess: 'policies', secretsDelivery: 'hybrid' },
    { storageAuth: 'identity', keyVaultAccess: 'policies', secretsDelivery: 'reference' },
  ],
  'pr-1': [],
  'pr-11': [{ storageAuth: 'identity', keyVaultAccess: 'rbac', secretsDelivery: 'hybrid' }],
};

/** The case of a stack with the modes that are chosen for it, at first or afterwards. */
export function chosenCase(
  stackName: keyof typeof chosenModes,
  modes: Modes = chosenModes[stackName],
): EnvironmentCase {
  const one = casesOf(stackName).find(
    (each) =>
      each.storageAuth === modes.storageAuth &&
      each.keyVaultAccess === modes.keyVaultAccess &&
      each.secretsDelivery === modes.secretsDelivery,
  );
  if (one === undefined) throw new TypeError(`${stackName} has no such modes.`);
  return one;
}
