import { describe, expect, it } from 'vitest';
import { createTimerSchedule } from './timer-schedule.ts';

const read = (schedule: string, settings: Record<string, string> = {}) =>
  createTimerSchedule({ schedule, settings });
const base = new Date('2026-11-02T09:00:00Z');

describe("a trigger's schedule (azure-webjobs-sdk-extensions TimerSchedule.cs)", () => {
  it('puts app settings in place of %NAME%, without case and with : for __', () => {
    const settings = { MISPRICED__SCHEDULE__MINUTE: '25', Hour: '15' };
    const schedule = read('0 %mispriced:schedule:minute% %HOUR% * * *', settings);
    expect(schedule.expression).toBe('0 25 15 * * *');
    expect(schedule.nextOccurrence(base)).toEqual(new Date('2026-11-02T15:25:00Z'));
  });

  it('names every setting that is missing', () => {
    expect(() => read('%FIRST% %SECOND%')).toThrow('%FIRST%, %SECOND% in');
  });

  it('says what is wrong with an expression', () => {
    expect(() => read('0 0 9 * * 7')).toThrow(
      "The schedule expression '0 0 9 * * 7' was not recognized as a valid cron expression or " +
        'timespan string. It must be a schedule whose day of the week holds values from 0 to 6, and ' +
        '"7" is none; Sunday is 0.',
    );
  });

  it('takes a duration between runs, as dedicated plans do (ConstantSchedule.cs)', () => {
    const schedule = read('00:05:00');
    expect(schedule.nextOccurrence(base)).toEqual(new Date('2026-11-02T09:05:00Z'));
    expect(schedule.adjustForDst).toBe(false);
    expect(() => read('00:00:00')).toThrow('was not recognized');
  });

  it('is sub-minute when it comes twice in the coming minute, seen from this very moment', () => {
    expect(read('*/30 * * * * *').isSubMinute(base)).toBe(true);
    expect(read('0 * * * * *').isSubMinute(base)).toBe(false);
    expect(read('00:00:59').isSubMinute(base)).toBe(true);
    // Twice a day, but both within a minute: the real host judges by the minute after it starts.
    const twice = read('0,30 25 15 * * *');
    expect(twice.isSubMinute(base)).toBe(false);
    expect(twice.isSubMinute(new Date('2026-11-02T15:24:45Z'))).toBe(true);
  });
});
