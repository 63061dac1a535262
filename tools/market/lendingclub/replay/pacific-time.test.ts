import { describe, expect, it } from 'vitest';
import { pacificTime } from './pacific-time.ts';

describe('pacificTime', () => {
  it.each([
    ['2010-12-15', '2010-12-15T00:00:00.000-08:00'],
    ['2010-07-15', '2010-07-15T00:00:00.000-07:00'],
    ['2010-03-14', '2010-03-14T00:00:00.000-08:00'],
    ['2010-03-15', '2010-03-15T00:00:00.000-07:00'],
    ['2010-11-07', '2010-11-07T00:00:00.000-07:00'],
    ['2010-11-08', '2010-11-08T00:00:00.000-08:00'],
    ['1962-01-01', '1962-01-01T00:00:00.000-08:00'],
  ])('gives midnight of %s the offset of its place and day', (day, expected) => {
    expect(pacificTime(day)).toBe(expected);
  });

  it('gives a later hour the offset that holds by then', () => {
    expect(pacificTime('2010-03-14', '10:00:00')).toBe('2010-03-14T10:00:00.000-07:00');
    expect(pacificTime('2010-11-07', '10:00:00')).toBe('2010-11-07T10:00:00.000-08:00');
  });
});
