import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { localDayAt, momentOfLocalTime, offsetAt, parseTimeZone } from './time-zone.ts';

const at = (timeZone: string, date: string, time: string): string => {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const day = Temporal.PlainDate.from(date);
  return momentOfLocalTime({ timeZone, day, time: { hour, minute, second } }).toISOString();
};

describe('time zones', () => {
  it('are named as in the IANA database', () => {
    expect(parseTimeZone('Europe/London')).toBe('Europe/London');
    expect(parseTimeZone('america/new_york')).toBe('America/New_York');
    expect(() => parseTimeZone('Europe/Londn')).toThrow('did you mean Europe/London?');
    expect(() => parseTimeZone('Eastern Standard Time')).toThrow('IANA database');
    expect(() => parseTimeZone('+01:00')).toThrow('IANA database');
  });

  it('know their offset, to the second in the days before time zones', () => {
    expect(offsetAt('America/New_York', Date.parse('2026-01-15T00:00:00Z'))).toBe(-5 * 3_600_000);
    expect(offsetAt('America/New_York', Date.parse('2026-07-15T00:00:00.5Z'))).toBe(-4 * 3_600_000);
    expect(offsetAt('Asia/Kathmandu', Date.parse('2026-01-15T00:00:00Z'))).toBe(20_700_000);
  });

  it('know their day', () => {
    const dayAt = (timeZone: string, moment: string): string =>
      localDayAt(timeZone, new Date(moment)).toString();
    expect(dayAt('America/New_York', '2026-01-01T04:59:59Z')).toBe('2025-12-31');
    expect(dayAt('Pacific/Auckland', '2026-01-01T11:00:00Z')).toBe('2026-01-02');
  });

  it('give a time that comes twice its first coming', () => {
    expect(at('America/New_York', '2026-11-01', '01:30:00')).toBe('2026-11-01T05:30:00.000Z');
    expect(at('Europe/London', '2026-10-25', '01:30:00')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('move a time that never comes past the gap', () => {
    expect(at('America/New_York', '2026-03-08', '02:30:00')).toBe('2026-03-08T07:30:00.000Z');
    expect(at('Europe/London', '2026-03-29', '01:30:00')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('Australia/Lord_Howe', '2026-10-04', '02:15:00')).toBe('2026-10-03T15:45:00.000Z');
  });

  it('keep every other time', () => {
    expect(at('Europe/London', '2026-07-01', '16:25:03')).toBe('2026-07-01T15:25:03.000Z');
    expect(at('Europe/London', '2026-12-01', '16:25:03')).toBe('2026-12-01T16:25:03.000Z');
  });
});
