export type { AccountResult, RotationResult } from './result.ts';
export { rotateKeys } from './rotate-keys.ts';
export type { RotationOptions } from './rotation-options.ts';
export type { RotationDependencies } from './rotation-dependencies.ts';
export { rotateSecret, type SecretRotation, type SecretRotationOptions } from './rotate-secret.ts';
