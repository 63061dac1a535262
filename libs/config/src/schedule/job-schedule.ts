import type { Temporal } from 'temporal-polyfill';
import type { TimeOfDay } from './calendar.ts';
import { parseSchedule, type Schedule } from './parse-schedule.ts';
import { oneTimeOfDay } from './time-of-day.ts';
import { localDayAt, momentOfLocalTime, offsetAt, parseTimeZone } from './time-zone.ts';

/** When a job is due, in a form for a host whose timers know UTC only. */
export interface JobSchedule {
  /**
   * The six-field schedule in UTC to register the timer with. With a time zone it fires at every
   * UTC time that the local time can be; at all but one of these `isDueSlot` says no.
   */
  readonly timer: string;
  /** Whether the job is to run for the slot at exactly this moment. */
  isDueSlot(slot: Date): boolean;
  /** The last due slot at or before a moment. */
  slotAtOrBefore(moment: Date): Date | null;
  /** The first due slot strictly after a moment. */
  slotAfter(moment: Date): Date | null;
}

const weekMilliseconds = 7 * 86_400_000;
/** A rare day, 29 February on a given weekday, comes back within forty years (1896 to 1936). */
const longestSearchDays = 40 * 366;

/** The UTC schedule that fires at every UTC time of day which the local time has from `now` on. */
function utcTimer(args: { time: TimeOfDay; timeZone: string; now: Date; weeks: number }): string {
  const { time, timeZone, now, weeks } = args;
  const wall = Date.UTC(2000, 0, 1, time.hour, time.minute, time.second);
  const [seconds, minutes, hours] = [new Set<number>(), new Set<number>(), new Set<number>()];
  for (let week = -1; week <= weeks; week += 1) {
    const utc = new Date(wall - offsetAt(timeZone, now.getTime() + week * weekMilliseconds));
    seconds.add(utc.getUTCSeconds());
    minutes.add(utc.getUTCMinutes());
    hours.add(utc.getUTCHours());
  }
  const fields = [seconds, minutes, hours].map((set) => [...set].sort((a, b) => a - b).join(','));
  return [...fields, '*', '*', '*'].join(' ');
}

function zonedSchedule(schedule: Schedule, zone: string, now: Date): JobSchedule {
  const timeZone = parseTimeZone(zone);
  const time = oneTimeOfDay(schedule);
  const momentOn = (day: Temporal.PlainDate): Date | null =>
    schedule.daysOfMonth.includes(day.day) &&
    schedule.months.includes(day.month) &&
    // Temporal's Sunday is 7.
    schedule.daysOfWeek.includes(day.dayOfWeek % 7)
      ? momentOfLocalTime({ timeZone, day, time })
      : null;
  const search = (from: Date, step: 1 | -1, found: (slot: number) => boolean): Date | null => {
    // A day early: on a day whose midnight was skipped the slot may fall on the next.
    let day = localDayAt(timeZone, from).add({ days: -step });
    for (let count = 0; count < longestSearchDays; count += 1) {
      const slot = momentOn(day);
      if (slot && found(slot.getTime())) return slot;
      day = day.add({ days: step });
    }
    return null;
  };
  const slotAtOrBefore = (moment: Date): Date | null =>
    search(moment, -1, (slot) => slot <= moment.getTime());
  return {
    timer: utcTimer({ time, timeZone, now, weeks: 3 * 53 }),
    isDueSlot: (slot) => {
      const today = localDayAt(timeZone, slot);
      return [today, today.subtract({ days: 1 })].some(
        (day) => momentOn(day)?.getTime() === slot.getTime(),
      );
    },
    slotAtOrBefore,
    slotAfter: (moment) => search(moment, 1, (slot) => slot > moment.getTime()),
  };
}

/**
 * When a job is due. Without a time zone the schedule is in UTC and every slot of its timer is due.
 * With one, the schedule is a local time of day (perhaps on some days only), and the timer fires at
 * both UTC times that it can be: Flex Consumption plans keep no time zone of their own. Clocks that go
 * back never make a day's job run twice, and clocks that go forward never leave it out.
 *
 * @param args.now The zone's rules are looked up from here three years ahead.
 * @throws ScheduleError for a schedule that Azure would refuse or that is not daily in a time zone.
 */
export function createJobSchedule(args: {
  schedule: string;
  timeZone?: string | undefined;
  now: Date;
}): JobSchedule {
  const schedule = parseSchedule(args.schedule);
  if (args.timeZone !== undefined) return zonedSchedule(schedule, args.timeZone, args.now);
  return {
    timer: schedule.text,
    isDueSlot: (slot) => schedule.includes(slot),
    slotAtOrBefore: (moment) => schedule.previous(moment),
    slotAfter: (moment) => schedule.next(moment),
  };
}
