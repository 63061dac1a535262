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

/** The case of a stack with the modes that are chosen for it. */
export function chosenCase(stackName: keyof typeof chosenModes): EnvironmentCase {
  const modes = chosenModes[stackName];
  const one = casesOf(stackName).find(
    (each) =>
      each.storageAuth === modes.storageAuth &&
      each.keyVaultAccess === modes.keyVaultAccess &&
      each.secretsDelivery === modes.secretsDelivery,
  );
  if (one === undefined) throw new TypeError(`${stackName} has no such modes.`);
  return one;
}
