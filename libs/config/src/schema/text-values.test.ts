import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  accountLabelText,
  dateText,
  guidText,
  momentText,
  moneyText,
  nameText,
  numberText,
  pathText,
  shareText,
  switchText,
} from './text-values.ts';
import { oneOf } from './words.ts';

const read = (schema: z.ZodType, text: unknown): unknown => {
  const result = schema.safeParse(text);
  return result.success ? result.data : undefined;
};
const message = (schema: z.ZodType, text: unknown): string =>
  schema.safeParse(text).error?.issues[0]?.message ?? '';

describe('money', () => {
  it.each([
    ['25', '25.00'],
    ['25.1', '25.10'],
    ['25.10', '25.10'],
    ['0025.00', '25.00'],
    ['0', '0.00'],
    [' 1000.00 ', '1000.00'],
    ['999999999999.99', '999999999999.99'],
  ])('%j is %s', (text, amount) => {
    expect(read(moneyText(), text)).toBe(amount);
  });

  it.each([
    ...['25.001', '-1', '1e3', '.5', '5.', '1,000.00', '$25', '0x10', '', 'NaN', 'Infinity', '2 5'],
    ...['0.1000000000000000055511151231257827', '1000000000000', '٢٥'],
  ])('%j is none', (text) => {
    expect(read(moneyText(), text)).toBeUndefined();
    expect(message(moneyText(), text)).toBe(
      'an amount in dollars with at most two decimals, such as 25.00',
    );
  });

  it('can be asked to be more than nothing', () => {
    expect(read(moneyText('a cent'), '0.00')).toBeUndefined();
    expect(read(moneyText('a cent'), '0.01')).toBe('0.01');
  });

  it('keeps every cent of every amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), (cents) => {
        const text = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
        expect(read(moneyText(), text)).toBe(text);
      }),
    );
  });

  it('takes nothing but plain decimals', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const amount = read(moneyText(), text);
        if (amount !== undefined) {
          expect(amount).toMatch(/^\d+\.\d\d$/);
          expect(text.trim()).toMatch(/^\d+(\.\d{1,2})?$/);
        }
      }),
    );
  });
});

describe('shares', () => {
  it.each(['0', '1', '0.25', '0.100', '1.0'])('%s is one', (text) => {
    expect(read(shareText(), text)).toBe(text);
  });
  it.each(['1.01', '-0.1', '25', '25%', '.5', '1e-1', ''])('%j is none', (text) => {
    expect(read(shareText(), text)).toBeUndefined();
  });
});

describe('numbers', () => {
  const schema = numberText({ least: 0, most: 1 });
  it.each([
    ['0.04', 0.04],
    ['4e-2', 0.04],
    ['1', 1],
  ])('%s is %d', (text, value) => {
    expect(read(schema, text)).toBe(value);
  });
  it.each(['1.01', '-0.01', '0,04', '.04', 'NaN', 'Infinity', '0x1', '', ' ', '1e999', true, []])(
    '%j is none',
    (text) => {
      expect(read(schema, text)).toBeUndefined();
      expect(message(schema, text)).toBe('a number from 0 to 1');
    },
  );
  it('can be whole, with a unit', () => {
    const seconds = numberText({ least: 10, most: 3600, whole: true, unit: 'seconds' });
    expect(read(seconds, '600')).toBe(600);
    expect(message(seconds, '600.5')).toBe('a whole number from 10 to 3600 (seconds)');
  });
});

describe('switches', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['FALSE', false],
  ])('%s is %s', (text, value) => {
    expect(read(switchText(), text)).toBe(value);
  });
  it.each(['yes', 'on', '1', 'no', '', 'constructor', 'tru'])('%j is neither', (text) => {
    expect(read(switchText(), text)).toBeUndefined();
  });
});

describe('words, days, names and ids', () => {
  it('are of a closed list', () => {
    expect(read(oneOf(['run', 'skip', 'paper']), 'skip')).toBe('skip');
    expect(message(oneOf(['run', 'skip', 'paper']), 'skp')).toBe(
      'run, skip or paper; did you mean skip?',
    );
    expect(message(oneOf(['run', 'skip']), 'zebra')).toBe('run or skip');
    expect(message(oneOf(['run']), 'zebra')).toBe('run');
  });
  it('are real days', () => {
    expect(read(dateText(), '2024-02-29')).toBe('2024-02-29');
    for (const text of ['2025-02-29', '2025-1-1', '01/02/2025', '2025-13-01', 'today']) {
      expect(read(dateText(), text)).toBeUndefined();
    }
  });
  it('can be carried by files, blobs and run ids', () => {
    expect(read(nameText('x'), 'loan-risk-2')).toBe('loan-risk-2');
    for (const text of ['Loan', 'loan_risk', '-loan', 'loan--risk', 'a/b', '..', '']) {
      expect(read(nameText('x'), text)).toBeUndefined();
    }
  });
  it('are labels of accounts, none of which can be taken for one on paper', () => {
    for (const text of ['main', 'Main-2', '7', 'papers', 'newspaper-1', 'a'.repeat(40)]) {
      expect(read(accountLabelText(), text)).toBe(text);
    }
    for (const text of [
      'paper-main',
      'Paper-main',
      'key-rotation',
      'a b',
      'a_b',
      'a/b',
      '..',
      'ä',
      '',
    ]) {
      expect(read(accountLabelText(), text)).toBeUndefined();
    }
    expect(read(accountLabelText(), 'a'.repeat(41))).toBeUndefined();
    expect(message(accountLabelText(), 'paper-main')).toMatch(/at most 40 .* paper-/);
  });
  it('are paths on one line', () => {
    expect(read(pathText(), 'data/ä b.csv')).toBe('data/ä b.csv');
    expect(read(pathText(), 'a\nb')).toBeUndefined();
  });
  it('are ids as Azure has them', () => {
    const id = '11111111-2222-3333-4444-55555555aBcD';
    expect(read(guidText('an id'), id)).toBe(id);
    expect(read(guidText('an id'), '/subscriptions/11111111')).toBeUndefined();
  });
});

describe('moments', () => {
  it('are read to the second', () => {
    expect(read(momentText(), '2026-01-05T15:25:03Z')).toBe('2026-01-05T15:25:03.000Z');
    expect(read(momentText(), '2026-01-05T15:25:03.000Z')).toBe('2026-01-05T15:25:03.000Z');
  });
  it.each(['2027-02-29T10:00:00Z', '2026-01-05T24:00:00Z', '2026-01-05T10:00Z', '2026-01-05'])(
    '%s is none',
    (text) => {
      expect(read(momentText(), text)).toBeUndefined();
    },
  );
});
