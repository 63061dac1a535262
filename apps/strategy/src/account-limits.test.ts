import { formatMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { accountLimitsOf } from './account-limits.ts';

describe('accountLimitsOf', () => {
  it.each<[string, Parameters<typeof accountLimitsOf>[0], [string, string]]>([
    ['what is set', { perRun: '9.00', perDay: '20.00', perMonth: '30.00' }, ['20.00', '30.00']],
    ['one run for a day where nothing is set', { perRun: '1000.00' }, ['1000.00', '31000.00']],
    ['31 days for a month', { perRun: '1.00', perDay: '0.10' }, ['0.10', '3.10']],
    ['the month that is set', { perRun: '1.00', perMonth: '0.00' }, ['1.00', '0.00']],
    [
      'every cent of large amounts',
      { perRun: '999999999999.99' },
      ['999999999999.99', '30999999999999.69'],
    ],
  ])('are %s', (_, limits, expected) => {
    const { perDay, perMonth } = accountLimitsOf(limits);
    expect([perDay, perMonth].map(formatMoney)).toEqual(expected);
  });
});
