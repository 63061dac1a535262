import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfTime, nextOccurrence, parseNcrontab } from './ncrontab.ts';

const next = (expression: string, base: string): string =>
  nextOccurrence(parseNcrontab(expression), new Date(base)).toISOString().replace('.000Z', 'Z');

describe('the next occurrence of a schedule', () => {
  it('has six fields from second to day of week, or five without seconds (CronSchedule.cs)', () => {
    expect(next('3 25 15 * * *', '2026-11-02T00:00:00Z')).toBe('2026-11-02T15:25:03Z');
    expect(next('25 15 * * *', '2026-11-02T00:00:00Z')).toBe('2026-11-02T15:25:00Z');
    expect(() => parseNcrontab('25 15 * *')).toThrow('has 4 fields');
    expect(() => parseNcrontab('0 25 15 * * * 2026')).toThrow('has 7 fields');
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
    expect(nextOccurrence(parseNcrontab('0 0 0 30 2 *'), new Date('2026-01-01'))).toEqual(
      endOfTime,
    );
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
        const reckoned = nextOccurrence(parseNcrontab(text), base);
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

const scannedMinutes = 430 * 24 * 60;

function scanEnd(base: Date): number {
  return base.getTime() + scannedMinutes * 60_000;
}

/** Looks at every minute after the base, and in those that fit at every second. */
function scan(allows: Allows, base: Date): Date | null {
  const [seconds, minutes, hours, days, months, daysOfWeek] = allows;
  const firstMinuteMs = Math.floor(base.getTime() / 60_000) * 60_000;
  for (let count = 0; count <= scannedMinutes; count += 1) {
    const minute = new Date(firstMinuteMs + count * 60_000);
    const fits =
      minutes?.has(minute.getUTCMinutes()) === true &&
      hours?.has(minute.getUTCHours()) === true &&
      days?.has(minute.getUTCDate()) === true &&
      months?.has(minute.getUTCMonth() + 1) === true &&
      daysOfWeek?.has(minute.getUTCDay()) === true;
    for (let second = 0; fits && second < 60; second += 1) {
      const candidate = new Date(minute.getTime() + second * 1000);
      if (candidate > base && seconds?.has(second) === true) return candidate;
    }
  }
  return null;
}
