import { describe, expect, it } from 'vitest';
import { ScheduleError } from './ncrontab.ts';
import { parseSchedule } from './parse-schedule.ts';

const upcoming = (text: string, from: string, count: number): string[] => {
  const schedule = parseSchedule(text);
  const moments: string[] = [];
  let moment: Date | null = new Date(from);
  while (moments.length < count) {
    moment = schedule.next(moment);
    if (!moment) break;
    moments.push(moment.toISOString());
  }
  return moments;
};

describe('a schedule by the rules of Azure Functions', () => {
  it('has six fields, seconds first', () => {
    expect(upcoming('3 25 15 * * *', '2026-03-28T15:25:02Z', 2)).toEqual([
      '2026-03-28T15:25:03.000Z',
      '2026-03-29T15:25:03.000Z',
    ]);
  });

  it('fires next strictly after a moment, and looks back to one that counts itself', () => {
    const schedule = parseSchedule('3 25 15 * * *');
    const slot = new Date('2026-03-28T15:25:03Z');
    expect(schedule.next(slot)).toEqual(new Date('2026-03-29T15:25:03Z'));
    expect(schedule.previous(slot)).toEqual(slot);
    expect(schedule.previous(new Date(slot.getTime() - 1))).toEqual(
      new Date('2026-03-27T15:25:03Z'),
    );
    expect(schedule.includes(slot)).toBe(true);
    expect(schedule.includes(new Date(slot.getTime() + 1))).toBe(false);
    expect(schedule.includes(new Date('2026-03-28T15:26:03Z'))).toBe(false);
  });

  it('needs both the day of the month and the day of the week to fit', () => {
    expect(upcoming('0 0 0 13 * 5', '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-02-13T00:00:00.000Z',
      '2026-03-13T00:00:00.000Z',
      '2026-11-13T00:00:00.000Z',
    ]);
  });

  it('takes names, ranges, lists and steps, a value with a step running to the end', () => {
    const schedule = parseSchedule('0,30  */20 8-10/2 1 jan,MARCH mon-FRI');
    expect(schedule.text).toBe('0,30 */20 8-10/2 1 jan,MARCH mon-FRI');
    expect(schedule).toMatchObject({
      seconds: [0, 30],
      minutes: [0, 20, 40],
      hours: [8, 10],
      months: [1, 3],
      daysOfWeek: [1, 2, 3, 4, 5],
    });
    expect(parseSchedule('50/4 * * * * *').seconds).toEqual([50, 54, 58]);
    expect(parseSchedule('5-5/4 * * * * *').seconds).toEqual([5]);
  });

  it('skips days that a month has not', () => {
    expect(upcoming('0 0 12 31 * *', '2026-01-31T12:00:00Z', 2)).toEqual([
      '2026-03-31T12:00:00.000Z',
      '2026-05-31T12:00:00.000Z',
    ]);
  });

  it.each([
    ['25 15 * * *', 'put the seconds in front'],
    ['', 'six fields'],
    ['0 0 0 * * * 2026', 'six fields'],
    ['@daily', 'six fields'],
    ['00:05:00', 'six fields'],
    ['60 0 0 * * *', 'seconds holds values from 0 to 59'],
    ['0 0 24 * * *', 'hours holds'],
    ['0 0 0 0 * *', 'day of the month holds values from 1 to 31'],
    ['0 0 0 * 13 *', 'month holds'],
    ['0 0 0 * * 7', 'Sunday is 0'],
    ['0 0 0 * * 5-1', 'Azure would swap'],
    ['0 0 0 L * *', 'day of the month holds'],
    ['0 0 0 ? * *', 'day of the month holds'],
    ['0 0 0 * * MON#1', 'day of the week holds'],
    ['0 0 0 * * M', 'day of the week holds'],
    ['0 */0 0 * * *', 'steps of 1 or more'],
    ['0 */x 0 * * *', 'steps of 1 or more'],
    ['0 0, 0 * * *', 'minutes holds'],
    ['0 -1 0 * * *', 'minutes holds'],
    ['0 0 0 31 2 *', 'fires at all'],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseSchedule(text)).toThrow(ScheduleError);
    expect(() => parseSchedule(text)).toThrow(sentence);
  });
});
