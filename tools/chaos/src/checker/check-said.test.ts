import { describe, expect, it } from 'vitest';
import { checkSaid } from './check-said.ts';
import { rawLines, type GivenLine } from './test/raw-lines.ts';

const intended = { type: 'order-intended', orderId: 'one' };
const result = (outcome: string, filled: string) => ({
  type: 'order-result',
  orderId: 'one',
  outcome,
  filled,
});
const finished = (status: string, spent: string) => ({ type: 'run-finished', status, spent });

function saidOf(...lines: readonly GivenLine[]): readonly string[] {
  return checkSaid(rawLines(...lines)).map(({ promise }) => promise);
}

const status = 'the ledger says how a run ended';
const spent = 'a run spent no less than its orders were filled for';

describe('checkSaid', () => {
  it.each([
    ['traded', '25.00', result('filled', '25.00'), []],
    ['nothing', '0.00', result('refused', '0.00'), []],
    ['partial', '0.00', result('unknown', '0.00'), []],
    ['nothing', '25.00', result('filled', '25.00'), [status]],
    ['failed', '0.00', result('filled', '25.00'), [status, spent]],
    ['traded', '24.99', result('filled', '25.00'), [spent]],
    ['traded', '0.00', result('unknown', '0.00'), [status]],
    ['traded', '0.00', result('refused', '0.00'), [status]],
    ['failed', '0.00', result('unknown', '0.00'), [status]],
  ])('%s with %s spent', (how, much, line, promises) => {
    expect(saidOf(intended, line, finished(how, much))).toEqual(promises);
  });

  it('asks for what was known by then, and of this run', () => {
    expect(saidOf(intended, finished('partial', '0.00'), result('filled', '25.00'))).toEqual([]);
    expect(
      saidOf(intended, result('filled', '25.00'), {
        ...finished('nothing', '0.00'),
        runId: 'another',
      }),
    ).toEqual([]);
  });
});
