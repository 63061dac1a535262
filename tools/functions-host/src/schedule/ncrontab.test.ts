import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimerSchedule, endOfTime } from './timer-schedule.ts';

const scheduleOf = (schedule: string) => createTimerSchedule({ schedule, settings: {} });
const next = (expression: string, base: string): string =>
  scheduleOf(expression).nextOccurrence(new Date(base)).toISOString().replace('.000Z', 'Z');

describe('the next occurrence of a schedule', () => {
  it('has six fields from second to day of week, or five without seconds (CronSchedule.cs)', () => {
    expect(next('3 25 15 * * *', '2026-11-02T00:00:00Z')).toBe('2026-11-02T15:25:03Z');
    expect(next('25 15 * * *', '2026-11-02T00:00:00Z')).toBe('2026-11-02T15:25:00Z');
    expect(() => scheduleOf('25 15 * *')).toThrow('a schedule of six fields');
    expect(() => scheduleOf('0 25 15 * * * 2026')).toThrow('a schedule of six fields');
  });

  it('is strictly after the base (CrontabSchedule.cs GetNextOccurrence)', () => {
    expect(next('0 0 9 * * *', '2026-11-02T09:00:00Z')).toBe('2026-11-03T09:00:00Z');
    expect(next('0 0 9 * * *', '2026-11-02T08:59:59.999Z')).toBe('2026-11-02T09:00:00Z');
    expect(next('* * * * * *', '2026-11-02T09:00:00.500Z')).toBe('2026-11-02T09:00:01Z');
  });

  it('takes day of month AND day of week, not either as in Vixie cron', () => {
    // The first Friday the 13th after this base; the 13th of November 2026 is one.
    expect(next('0 0 0 13 * Fri', '2026-11-14T00:00:00Z')).toBe('2027-08-13T00:00:00Z');
    expect(next('0 0 0 13 * 5', '2026-11-01T00:00:00Z')).toBe('2026-11-13T00:00:00Z');
  });

  it('passes over dates that do not exist', () => {
    expect(next('0 0 0 31 * *', '2026-01-31T00:00:00Z')).toBe('2026-03-31T00:00:00Z');
    expect(next('0 0 0 29 2 *', '2026-01-01T00:00:00Z')).toBe('2028-02-29T00:00:00Z');
    expect(next('0 0 0 29 2 *', '2096-03-01T00:00:00Z')).toBe('2104-02-29T00:00:00Z');
    expect(next('0 0 0 29 2 Mon', '2026-01-01T00:00:00Z')).toBe('2044-02-29T00:00:00Z');
  });

  it('is the end of time for a schedule that never comes', () => {
    expect(scheduleOf('0 0 0 30 2 *').nextOccurrence(new Date('2026-01-01'))).toEqual(endOfTime);
  });

  it('moves on over ends of minutes, hours, days, months and years', () => {
    expect(next('0 0 0 1 1 *', '2026-12-31T23:59:59Z')).toBe('2027-01-01T00:00:00Z');
    expect(next('59 59 23 * * *', '2026-12-31T23:59:59Z')).toBe('2027-01-01T23:59:59Z');
    expect(next('10,20 5 * * * *', '2026-12-31T23:05:20Z')).toBe('2027-01-01T00:05:10Z');
  });

  it('agrees with a scan of every minute and second', () => {
    let found = 0;
    fc.assert(
      fc.property(anySchedule, anyBase, ({ text, allows }, base) => {
        const scanned = scan(allows, base);
        const reckoned = scheduleOf(text).nextOccurrence(base);
        if (scanned === null) expect(reckoned.getTime()).toBeGreaterThan(scanEnd(base));
        else expect(reckoned.toISOString()).toBe(scanned.toISOString());
        if (scanned !== null) found += 1;
      }),
      { numRuns: 400, seed: 20_261_102 },
    );
    // A scan that finds nothing proves little, so most must find something.
    expect(found).toBeGreaterThan(300);
  });
});

interface Field {
  readonly text: string;
  readonly values: ReadonlySet<number>;
}

/** A field as somebody would write it, beside the values that it must mean. */
function anyField(minimum: number, maximum: number): fc.Arbitrary<Field> {
  const value = fc.integer({ min: minimum, max: maximum });
  const step = fc.integer({ min: 1, max: maximum });
  const range = (from: number, to: number, by = 1): ReadonlySet<number> => {
    const all = Array.from({ length: maximum + 1 }, (_unused, index) => index);
    return new Set(all.filter((item) => item >= from && item <= to && (item - from) % by === 0));
  };
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant({ text: '*', values: range(minimum, maximum) }) },
    step.map((by) => ({ text: `*/${by}`, values: range(minimum, maximum, by) })),
    fc.tuple(value, step).map(([from, by]) => ({
      text: `${from}/${by}`,
      values: range(from, maximum, by),
    })),
    fc.tuple(value, value, step).map(([one, other, by]) => ({
      text: one === other ? String(one) : `${one}-${other}/${by}`,
      values:
        one === other ? new Set([one]) : range(Math.min(one, other), Math.max(one, other), by),
    })),
    fc.uniqueArray(value, { minLength: 1, maxLength: 5 }).map((list) => ({
      text: list.join(','),
      values: new Set(list),
    })),
  );
}

type Allows = readonly ReadonlySet<number>[];

const anySchedule: fc.Arbitrary<{ readonly text: string; readonly allows: Allows }> = fc
  .tuple(
    anyField(0, 59),
    anyField(0, 59),
    anyField(0, 23),
    anyField(1, 31),
    anyField(1, 12),
    anyField(0, 6),
  )
  .map((fields) => ({
    text: fields.map((field) => field.text).join(' '),
    allows: fields.map((field) => field.values),
  }));

const anyBase = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2032-01-01T00:00:00Z'),
  noInvalidDate: true,
});

const scannedDays = 430;
const dayMs = 86_400_000;

function scanEnd(base: Date): number {
  return base.getTime() + scannedDays * dayMs;
}

/** Looks at every second of every day after the base, but for days, hours and minutes that do not fit. */
function scan(allows: Allows, base: Date): Date | null {
  const [seconds, minutes, hours, days, months, daysOfWeek] = allows;
  const firstDayMs = Math.floor(base.getTime() / dayMs) * dayMs;
  for (let count = 0; count <= scannedDays; count += 1) {
    const day = new Date(firstDayMs + count * dayMs);
    const fits =
      days?.has(day.getUTCDate()) === true &&
      months?.has(day.getUTCMonth() + 1) === true &&
      daysOfWeek?.has(day.getUTCDay()) === true;
    for (let second = 0; fits && second < 86_400; second += 1) {
      const time = new Date(day.getTime() + second * 1000);
      const isIn =
        hours?.has(time.getUTCHours()) === true &&
        minutes?.has(time.getUTCMinutes()) === true &&
        seconds?.has(time.getUTCSeconds()) === true;
      if (isIn && time > base) return time;
    }
  }
  return null;
}
