import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney } from '../../domain/money.ts';
import { outcomeOfConfirmation } from './order-outcome.ts';

const outcome = (requested: string, invested: string, statuses: readonly string[]) => {
  const settled = outcomeOfConfirmation({
    requested: parseMoney(requested),
    invested: parseMoney(invested),
    statuses,
  });
  return `${settled.outcome} ${formatMoney(settled.filled)}`;
};

describe('outcomeOfConfirmation', () => {
  it.each([
    ['25', '25', ['ORDER_FULFILLED'], 'filled 25.00'],
    ['25', '25', ['ORDER_FULFILLED', 'NOTE_ADDED_TO_PORTFOLIO'], 'filled 25.00'],
    ['25', '25', ['ORDER_FULFILLED', 'ERROR_ADDING_NOTE_TO_PORTFOLIO'], 'filled 25.00'],
    ['25', '25', ['ORDER_FULFILLED', 'NOT_A_VALID_PORTFOLIO'], 'filled 25.00'],
    ['25', '25', ['SOMETHING_NEW'], 'filled 25.00'],
    ['25', '25', [], 'filled 25.00'],
    ['55', '50', ['REQUESTED_AMOUNT_ROUNDED', 'ORDER_FULFILLED'], 'rounded 50.00'],
    ['55', '50', ['REQUESTED_AMNT_ROUNDED', 'ORDER_FULFILLED'], 'rounded 50.00'],
    ['40', '50', ['REQUESTED_AMNT_ROUNDED', 'ORDER_FULFILLED'], 'rounded 50.00'],
    ['100', '75', ['REQUESTED_AMNT_ROUNDED', 'ORDER_FULFILLED'], 'partly-filled 75.00'],
    ['100', '75', ['LOAN_AMNT_EXCEEDED', 'ORDER_FULFILLED'], 'partly-filled 75.00'],
    ['100', '75', ['LOAN_AMOUNT_EXCEEDED'], 'partly-filled 75.00'],
    ['60', '50', ['LOAN_AMNT_EXCEEDED', 'REQUESTED_AMNT_ROUNDED'], 'partly-filled 50.00'],
    ['100', '75', ['ORDER_FULFILLED'], 'partly-filled 75.00'],
    ['25', '0', ['NOT_AN_IN_FUNDING_LOAN'], 'refused 0.00'],
    ['25', '0', ['NOT_AN_INFUNDING_LOAN'], 'refused 0.00'],
    ['25', '0', ['LOAN_AMOUNT_EXCEEDED'], 'refused 0.00'],
    ['25', '0', ['insufficient_cash'], 'refused 0.00'],
    ['20', '0', ['REQUESTED_AMNT_ROUNDED', 'REQUESTED_AMNT_LOW'], 'refused 0.00'],
  ] as const)('%s asked, %s invested, %j: %s', (requested, invested, statuses, expected) => {
    expect(outcome(requested, invested, statuses)).toBe(expected);
  });

  it.each([
    ['a busy venue', '25', '0', ['SYSTEM_BUSY']],
    ['a venue that is away', '25', '0', ['TEMPORARILY_UNAVAILABLE']],
    ['a venue that does not know', '25', '0', ['UNKNOWN_ERROR']],
    ['doubt beside a fill', '25', '25', ['ORDER_FULFILLED', 'SYSTEM_BUSY']],
    ['a new word and nothing invested', '25', '0', ['SOMETHING_NEW']],
    ['a new word beside a refusal', '25', '0', ['NOT_AN_IN_FUNDING_LOAN', 'SOMETHING_NEW']],
    ['no word and nothing invested', '25', '0', []],
    ['a portfolio note and nothing invested', '25', '0', ['NOTE_ADDED_TO_PORTFOLIO']],
    ['fulfilled with nothing', '25', '0', ['ORDER_FULFILLED']],
    ['refused with something', '25', '25', ['NOT_AN_IN_FUNDING_LOAN']],
    ['everything, and yet too little left', '25', '25', ['LOAN_AMNT_EXCEEDED']],
    ['more than asked for', '25', '50', ['ORDER_FULFILLED']],
    ['a whole note more by rounding', '25', '50', ['REQUESTED_AMNT_ROUNDED']],
    ['merged with an order we did not send', '25', '50', ['AUGMENTED_BY_MERGE']],
    ['eliminated by one we did not send', '25', '0', ['ELIM_BY_MERGE']],
  ] as const)('does not claim to know: %s', (_name, requested, invested, statuses) => {
    expect(outcome(requested, invested, statuses)).toBe('unknown 0.00');
  });

  it('never says refused where money moved, nor reports an amount other than the venue did', () => {
    const words = fc.constantFrom(
      'ORDER_FULFILLED',
      'LOAN_AMNT_EXCEEDED',
      'REQUESTED_AMNT_ROUNDED',
      'NOT_AN_INVESTOR',
      'SYSTEM_BUSY',
      'NOTE_ADDED_TO_PORTFOLIO',
      'A_NEW_WORD',
    );
    const cents = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(cents, cents, fc.array(words, { maxLength: 4 }), (asked, taken, statuses) => {
        const settled = outcomeOfConfirmation({
          requested: parseMoney(((asked + 1) / 100).toFixed(2)),
          invested: parseMoney((taken / 100).toFixed(2)),
          statuses,
        });
        const isBuy = ['filled', 'rounded', 'partly-filled'].includes(settled.outcome);
        expect(settled.filled.times(100).toNumber()).toBe(isBuy ? taken : 0);
        if (taken > 0) expect(settled.outcome).not.toBe('refused');
        else expect(['refused', 'unknown']).toContain(settled.outcome);
        if (settled.outcome === 'filled') expect(taken).toBe(asked + 1);
      }),
    );
  });
});
