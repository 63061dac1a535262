import type { OrderFaults } from '../faults/fault.ts';

/**
 * What can befall orders here alone: `system-busy` (nothing is taken), `vanish` (the loans are
 * gone), `partial-fill` (half of each remains).
 */
export const orderFaults: OrderFaults = {
  route: 'POST /orders',
  kinds: ['system-busy', 'vanish', 'partial-fill'],
};
