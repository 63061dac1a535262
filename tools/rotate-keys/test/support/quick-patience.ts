import type { RotationOptions } from '../../src/index.ts';

/** Waits that suit a cloud on this machine. */
export const quickPatience: NonNullable<RotationOptions['patience']> = {
  appSeconds: 60,
  wellSeconds: 2,
  keySeconds: 5,
  lockSeconds: 40,
  quietSeconds: 60,
  pollMilliseconds: 100,
};
