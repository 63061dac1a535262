import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCalendarDate, momentIn, parseCalendarDate } from './calendar-date.ts';

describe('parseCalendarDate', () => {
  it('takes the days that a calendar has, and no others', () => {
    const part = (min: number, max: number) => fc.integer({ min, max });
    fc.assert(
      fc.property(part(0, 9999), part(0, 14), part(0, 33), (year, month, date) => {
        const text = [String(year).padStart(4, '0'), month, date]
          .map((each) => String(each).padStart(2, '0'))
          .join('-');
        const time = new Date(`${text}T00:00:00Z`);
        const isReal = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
        if (isReal) expect(parseCalendarDate(`${text}T23:59:59.000-08:00`)).toBe(text);
        else expect(() => parseCalendarDate(text)).toThrow('does not begin with a date');
      }),
    );
  });

  it.each(['', '2026', '2026-1-05', ' 2026-01-05', '20260105', '+002026-01-05'])(
    'refuses %j',
    (text) => {
      expect(() => parseCalendarDate(text)).toThrow('does not begin with a date');
    },
  );
});

describe('isCalendarDate', () => {
  it.each([
    ['2028-02-29', true],
    ['2027-02-29', false],
    ['2026-02-30', false],
    ['2026-01-05T00:00:00Z', false],
  ])('%s: %s', (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });
});

describe('momentIn', () => {
  it.each([
    ['2026-01-05T15:25:03Z', '2026-01-05T15:25:03.000Z'],
    ['2026-01-05T15:25Z', '2026-01-05T15:25:00.000Z'],
    ['2026-01-05T15:25:03.120+01:00', '2026-01-05T14:25:03.120Z'],
    ['2026-01-05T15:25:03-0800', '2026-01-05T23:25:03.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(momentIn(text)?.toISOString()).toBe(expected);
  });

  it.each([
    ...['2026-02-30T15:25:03Z', '2027-02-29T00:00:00Z', '2026-04-31T00:00:00+02:00'],
    ...['2026-01-05T24:00:00Z', '2026-01-05T15:25:03', '2026-01-05', 'yesterday', ''],
  ])('reads no moment in %j', (text) => {
    expect(momentIn(text)).toBeNull();
  });
});
