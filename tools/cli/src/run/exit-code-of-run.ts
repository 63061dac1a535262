import type { RunStatus } from '@mispriced/core';
import { exitCodes } from '../command-dependencies.ts';

const codes: Readonly<Record<RunStatus, number>> = {
  traded: exitCodes.done,
  nothing: exitCodes.done,
  skipped: exitCodes.done,
  partial: exitCodes.failed,
  halted: exitCodes.failed,
  failed: exitCodes.failed,
};

/**
 * The exit code of `mispriced run`, by its status alone: 0 where the slot needs nobody, with or without
 * a purchase; 1 where something is left undone that a person should see.
 */
export function exitCodeOfRun(status: RunStatus): number {
  return codes[status];
}
