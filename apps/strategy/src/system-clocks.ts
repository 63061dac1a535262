import { uptime } from 'node:os';
import type { HostClocks } from '@mispriced/core';

/** The clocks of the machine that this runs on. */
export const systemClocks: HostClocks = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1000,
};
