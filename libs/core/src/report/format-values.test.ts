import { describe, expect, it } from 'vitest';
import { parseMoney } from '../domain/money.ts';
import {
  formatCount,
  formatCountOf,
  formatDollars,
  formatMoment,
  formatPercent,
  formatPoints,
} from './format-values.ts';

describe('values in a report', () => {
  it('writes dollars exactly, in groups of three', () => {
    expect(formatDollars('0.00')).toBe('$0.00');
    expect(formatDollars('999.99')).toBe('$999.99');
    expect(formatDollars('1000.00')).toBe('$1,000.00');
    expect(formatDollars(parseMoney('12345678901234567890.05'))).toBe(
      '$12,345,678,901,234,567,890.05',
    );
    expect(formatDollars('-1234.50')).toBe('\u2212$1,234.50');
  });

  it('writes counts', () => {
    expect([0, 999, 1000, 1234567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect(formatCountOf(1, 'order', 'orders')).toBe('1 order');
    expect(formatCountOf(0, 'order', 'orders')).toBe('0 orders');
  });

  it('writes shares and their differences', () => {
    expect(formatPercent(0.1234)).toBe('12.3\u00A0%');
    expect(formatPercent(null)).toBe('');
    expect([-0.0431, 0.0431, 0, -0.0001, null].map(formatPoints)).toEqual([
      '\u22124.3',
      '+4.3',
      '0.0',
      '\u22120.0',
      '',
    ]);
  });

  it('writes a moment in UTC, and what is no moment as it stands', () => {
    expect(formatMoment('2026-01-05T23:30:00.000-08:00').toString()).toBe(
      '<time datetime="2026-01-06T07:30:00.000Z">2026-01-06 07:30\u00A0UTC</time>',
    );
    expect(formatMoment('<yesterday>').toString()).toBe('&lt;yesterday&gt;');
  });
});
