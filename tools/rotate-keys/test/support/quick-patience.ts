import type { RotationOptions } from '../../src/index.ts';

/** Waits that suit a cloud on this machine. */
export const quickPatience: NonNullable<RotationOptions['patience']> = {
  appSeconds: 20,
  keySeconds: 5,
  lockSeconds: 20,
  quietSeconds: 60,
  pollMilliseconds: 100,
};
