export type { AccountResult, RotationResult } from './result.ts';
export { rotateKeys } from './rotate-keys.ts';
export type { RotationOptions } from './rotation-options.ts';
export type { RotationWorld } from './rotation-world.ts';
export { rotateSecret, type SecretRotation, type SecretRotationOptions } from './rotate-secret.ts';
