import type { ArmClient } from '@mispriced/azure';

/** What is asked of the resource manager. */
export type Arm = Pick<ArmClient, 'read' | 'write' | 'act'>;
