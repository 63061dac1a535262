import { describe, expect, it } from 'vitest';
import { schedule } from './schedule.ts';

describe('schedule', () => {
  it.each([
    '3 25 15 * * *',
    '0 30 9 * * mon-fri',
    '0 0 9,15 1-15/2 jan,jul 0',
    '0 0 */6 * * *',
    '0 0 0 29 2 *',
    '0 0 12 31 1,2 *',
  ])('takes %s', (text) => {
    expect(schedule(text)).toEqual({ value: text });
  });

  it.each([
    ['0 25 15 * *', 'has 5 fields'],
    ['60 25 15 * * *', '"60" is no second'],
    ['0 0 24 * * *', '"24" is no hour'],
    ['0 0 9 0 * *', '"0" is no day'],
    ['0 0 9 * 13 *', '"13" is no month'],
    ['0 0 9 * * 7', '"7" is no day of the week'],
    ['0 0 9 * * fri-mon', '"fri-mon" is no day of the week'],
    ['0 0 9 * * x', '"x" is no day of the week'],
    ['0 0 9/0 * * *', '"9/0" is no hour'],
    ['0 0 *-3 * * *', '"*-3" is no hour'],
    ['* 0 9 * * *', 'more than once an hour'],
    ['0 */5 9 * * *', 'more than once an hour'],
    ['0 0 9 30 2 *', 'never comes'],
    ['0 0 9 31 4,6,9,11 *', 'never comes'],
  ])('refuses %s, because it %s', (text, why) => {
    expect(schedule(text)).toEqual({ wrong: expect.stringContaining(why) as string });
  });
});
