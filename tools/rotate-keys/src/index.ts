export type { AccountResult, RotationResult } from './result.ts';
export { rotateKeys, type RotationOptions } from './rotate-keys.ts';
export type { RotationWorld } from './rotation-world.ts';
export { rotateSecret, type SecretRotation, type SecretRotationOptions } from './rotate-secret.ts';
