import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCalendarDate } from './calendar-date.ts';

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
