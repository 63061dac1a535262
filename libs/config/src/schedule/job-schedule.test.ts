import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJobSchedule, type JobSchedule } from './job-schedule.ts';
import { parseSchedule } from './parse-schedule.ts';

const now = new Date('2026-01-01T00:00:00Z');

/** Every moment at which a host that knows UTC only fires the job's timer, and of these the due ones. */
function runsOf(job: JobSchedule, from: string, to: string): { fired: number; due: Date[] } {
  const timer = parseSchedule(job.timer);
  const due: Date[] = [];
  let fired = 0;
  for (
    let moment = timer.next(new Date(Date.parse(from) - 1));
    moment && moment < new Date(to);
    moment = timer.next(moment)
  ) {
    fired += 1;
    if (job.isDueSlot(moment)) due.push(moment);
  }
  return { fired, due };
}

/** The clock on the wall, by another road than the code under test: Sweden writes ISO dates. */
function wall(timeZone: string, moment: Date): string {
  return moment.toLocaleString('sv-SE', { timeZone });
}

const allDaysOf2026 = Array.from({ length: 365 }, (_, index) =>
  new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
);

describe('a daily job in a time zone, over a year of UTC timers', () => {
  it.each([
    ['Europe/London', '3 25 16 * * *', '16:25:03', '3 25 15,16 * * *'],
    ['America/New_York', '3 25 15 * * *', '15:25:03', '3 25 19,20 * * *'],
    ['America/New_York', '0 30 23 * * *', '23:30:00', '0 30 3,4 * * *'],
    ['Europe/London', '0 15 0 * * *', '00:15:00', '0 15 0,23 * * *'],
    ['Asia/Kolkata', '0 0 9 * * *', '09:00:00', '0 30 3 * * *'],
    ['Pacific/Auckland', '0 0 10 * * *', '10:00:00', '0 0 21,22 * * *'],
    ['Australia/Lord_Howe', '0 0 9 * * *', '09:00:00', '0 0,30 22 * * *'],
  ])('%s %s runs once on each of 365 days at %s', (timeZone, schedule, time, timer) => {
    const job = createJobSchedule({ schedule, timeZone, now });
    expect(job.timer).toBe(timer);
    const { due } = runsOf(job, '2025-12-30T00:00:00Z', '2027-01-03T00:00:00Z');
    const walls = due.map((moment) => wall(timeZone, moment)).filter((at) => at.startsWith('2026'));
    expect(walls).toEqual(allDaysOf2026.map((day) => `${day} ${time}`));
  });

  it.each([
    ['America/New_York', '0 30 2 * * *', '2026-03-08', '2026-03-08 03:30:00', '02:30:00'],
    ['America/New_York', '0 30 1 * * *', '2026-11-01', '2026-11-01 01:30:00', '01:30:00'],
    ['Europe/London', '0 30 1 * * *', '2026-03-29', '2026-03-29 02:30:00', '01:30:00'],
    ['Europe/London', '0 30 1 * * *', '2026-10-25', '2026-10-25 01:30:00', '01:30:00'],
  ])('%s %s runs once on %s too, when the clocks change', (timeZone, schedule, day, at, time) => {
    const job = createJobSchedule({ schedule, timeZone, now });
    const { due } = runsOf(job, '2025-12-30T00:00:00Z', '2027-01-03T00:00:00Z');
    const walls = due
      .map((moment) => wall(timeZone, moment))
      .filter((each) => each.startsWith('2026'));
    expect(walls.map((each) => each.slice(0, 10))).toEqual(allDaysOf2026);
    expect(walls.filter((each) => each.startsWith(day))).toEqual([at]);
    const changes = timeZone === 'America/New_York' ? '2026-03-08' : '2026-03-29';
    for (const each of walls.filter((text) => !text.startsWith(changes))) {
      expect(each.slice(11)).toBe(time);
    }
  });

  it('holds for any time of day in zones of every kind', () => {
    const zones = [
      ...['Europe/London', 'America/New_York', 'America/Santiago', 'Asia/Tehran', 'Africa/Cairo'],
      ...['Africa/Casablanca', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Chatham', 'UTC'],
      ...['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Beirut'],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.nat(23),
        fc.nat(59),
        fc.nat(59),
        (timeZone, hour, minute, second) => {
          const schedule = `${second} ${minute} ${hour} * * *`;
          const job = createJobSchedule({ schedule, timeZone, now });
          const { due } = runsOf(job, '2025-12-30T00:00:00Z', '2027-01-03T00:00:00Z');
          const days = due.map((moment) => wall(timeZone, moment).slice(0, 10));
          expect(days.filter((day) => day.startsWith('2026'))).toEqual(allDaysOf2026);
        },
      ),
      { numRuns: 40 },
    );
  }, 600_000);

  it('keeps to the local day of the week where the UTC day is another', () => {
    const job = createJobSchedule({
      schedule: '0 0 20 * * MON-FRI',
      timeZone: 'America/Los_Angeles',
      now,
    });
    const { due } = runsOf(job, '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z');
    const weekdays = due.map((moment) =>
      moment.toLocaleString('en-US', { timeZone: 'America/Los_Angeles', weekday: 'short' }),
    );
    expect(new Set(weekdays)).toEqual(new Set(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']));
    expect(due).toHaveLength(261);
  });

  it('runs just after midnight where the clocks jump over it', () => {
    const timeZone = 'America/Nuuk';
    const job = createJobSchedule({ schedule: '0 30 23 * * *', timeZone, now });
    const { due } = runsOf(job, '2026-03-27T12:00:00Z', '2026-03-30T12:00:00Z');
    expect(due.map((moment) => wall(timeZone, moment))).toEqual([
      ...['2026-03-27 23:30:00', '2026-03-29 00:30:00', '2026-03-29 23:30:00'],
    ]);
    expect(job.slotAtOrBefore(new Date('2026-03-29T12:00:00Z'))).toEqual(due[1]);
    expect(job.slotAfter(new Date('2026-03-29T01:00:00Z'))).toEqual(due[1]);
  });

  it.each([
    ['0 30 22 * * *', '22:30:00'],
    ['0 30 23 * * *', '23:30:00'],
  ])(
    'runs once a day in Nuuk, which changed its offset and then took up summer time: %s',
    (schedule, time) => {
      const timeZone = 'America/Nuuk';
      const job = createJobSchedule({ schedule, timeZone, now: new Date('2023-01-01T00:00:00Z') });
      const slots: string[] = [];
      let slot = job.slotAfter(new Date('2023-03-20T12:00:00Z'));
      while (slot && slot < new Date('2024-11-01T12:00:00Z')) {
        expect(job.isDueSlot(slot)).toBe(true);
        slots.push(wall(timeZone, slot));
        slot = job.slotAfter(slot);
      }
      const days = Array.from({ length: slots.length }, (_, index) =>
        new Date(Date.UTC(2023, 2, 20 + index)).toISOString().slice(0, 10),
      );
      expect(slots).toHaveLength(592);
      const late = slots.filter((at, index) => at !== `${days[index] ?? ''} ${time}`);
      // The hour that was left out at both changes, 22 to 23 o'clock and then 23 to 24 o'clock.
      expect(late).toEqual(time === '22:30:00' ? ['2023-03-25 23:30:00'] : ['2024-03-31 00:30:00']);
    },
  );

  it('loses no day where a whole day was left out of the calendar', () => {
    const job = createJobSchedule({
      schedule: '0 0 9 * * *',
      timeZone: 'Pacific/Apia',
      now: new Date('2011-12-01T00:00:00Z'),
    });
    const { due } = runsOf(job, '2011-12-28T12:00:00Z', '2012-01-01T23:00:00Z');
    expect(due.map((moment) => wall('Pacific/Apia', moment))).toEqual([
      ...['2011-12-28 09:00:00', '2011-12-29 09:00:00', '2011-12-31 09:00:00'],
      ...['2012-01-01 09:00:00', '2012-01-02 09:00:00'],
    ]);
  });
});

describe('the slots of a job', () => {
  it('are found before and after a moment, in a time zone', () => {
    const job = createJobSchedule({
      schedule: '3 25 16 * * *',
      timeZone: 'Europe/London',
      now,
    });
    const slot = new Date('2026-07-01T15:25:03Z');
    expect(job.slotAtOrBefore(slot)).toEqual(slot);
    expect(job.slotAtOrBefore(new Date('2026-07-01T16:25:03Z'))).toEqual(slot);
    expect(job.slotAfter(slot)).toEqual(new Date('2026-07-02T15:25:03Z'));
    expect(job.slotAfter(new Date(slot.getTime() - 1))).toEqual(slot);
    expect(job.slotAfter(new Date('2026-10-24T16:00:00Z'))).toEqual(
      new Date('2026-10-25T16:25:03Z'),
    );
    expect(job.isDueSlot(new Date('2026-07-01T16:25:03Z'))).toBe(false);
  });

  it('are all due without a time zone', () => {
    const job = createJobSchedule({ schedule: '*/5 * * * * *', now });
    expect(job.timer).toBe('*/5 * * * * *');
    expect(job.isDueSlot(new Date('2026-01-01T00:00:05Z'))).toBe(true);
    expect(job.isDueSlot(new Date('2026-01-01T00:00:06Z'))).toBe(false);
    expect(job.slotAfter(now)).toEqual(new Date('2026-01-01T00:00:05Z'));
    expect(job.slotAtOrBefore(new Date('2026-01-01T00:00:09Z'))).toEqual(
      new Date('2026-01-01T00:00:05Z'),
    );
  });

  it('may lie decades apart', () => {
    const job = createJobSchedule({
      schedule: '0 0 9 29 2 1',
      timeZone: 'Europe/London',
      now,
    });
    expect(job.slotAfter(now)).toEqual(new Date('2044-02-29T09:00:00Z'));
    expect(job.slotAtOrBefore(now)).toEqual(new Date('2016-02-29T09:00:00Z'));
  });

  it.each(['0 0 */2 * * *', '0 0,30 9 * * *', '* 0 9 * * *', '0 0 9,10 * * *'])(
    'must be daily in a time zone: %s is refused',
    (schedule) => {
      expect(() => createJobSchedule({ schedule, timeZone: 'Europe/London', now })).toThrow(
        'without schedule.time_zone any schedule may be used',
      );
      expect(createJobSchedule({ schedule, now }).timer).toBe(schedule);
    },
  );
});
