import { runStatuses } from '@mispriced/core';
import { expect, it } from 'vitest';
import { exitCodeOfRun } from './exit-code-of-run.ts';

it('exitCodeOfRun says whether a run did its work', () => {
  expect(runStatuses.map((status) => [status, exitCodeOfRun(status)])).toEqual([
    ['traded', 0],
    ['nothing', 0],
    ['skipped', 0],
    ['partial', 1],
    ['halted', 1],
    ['failed', 1],
  ]);
});
