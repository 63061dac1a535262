import type { RotationOptions } from '../../src/index.ts';

/** Waits that suit a cloud on this machine. */
export const quickTimeouts: NonNullable<RotationOptions['timeouts']> = {
  appSeconds: 60,
  wellSeconds: 2,
  keySeconds: 20,
  lockSeconds: 40,
  quietSeconds: 60,
  pollMilliseconds: 100,
};
