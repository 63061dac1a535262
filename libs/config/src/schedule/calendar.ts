/** The values that each field of a schedule allows, rising. */
export type CalendarFields = Readonly<
  Record<
    'seconds' | 'minutes' | 'hours' | 'daysOfMonth' | 'months' | 'daysOfWeek',
    readonly number[]
  >
>;

/** A time of day, to the second. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const dayMilliseconds = 86_400_000;
const secondsOfDay = 86_400;
/** After 400 years the Gregorian calendar repeats, days of the week included. */
const daysUntilTheCalendarRepeats = 146_097;

/** The first moment in UTC of a schedule strictly after this one; null for one that never comes. */
export function nextMoment(schedule: CalendarFields, after: Date): Date | null {
  return walk(schedule, Math.floor(after.getTime() / 1000) + 1, 1);
}

/** The last moment in UTC of a schedule at or before this one; null where there is none. */
export function previousMoment(schedule: CalendarFields, atOrBefore: Date): Date | null {
  return walk(schedule, Math.floor(atOrBefore.getTime() / 1000), -1);
}

/** Whether a schedule in UTC has exactly this moment. */
export function hasMoment(schedule: CalendarFields, moment: Date): boolean {
  return previousMoment(schedule, moment)?.getTime() === moment.getTime();
}

/** Goes from a second of UTC through the calendar, forward or back, to the first that fits. */
function walk(schedule: CalendarFields, fromSecond: number, step: 1 | -1): Date | null {
  const firstDay = Math.floor(fromSecond / secondsOfDay);
  for (let count = 0; count <= daysUntilTheCalendarRepeats; count += 1) {
    const day = firstDay + step * count;
    if (!hasDay(schedule, new Date(day * dayMilliseconds))) continue;
    const edge = step === 1 ? 0 : secondsOfDay - 1;
    const bound = count === 0 ? fromSecond - firstDay * secondsOfDay : edge;
    const second = secondOfDay(schedule, bound, step);
    if (second !== null) return new Date((day * secondsOfDay + second) * 1000);
  }
  return null;
}

/** The day must satisfy the day of the month AND the day of the week: Vixie cron would take either. */
function hasDay(schedule: CalendarFields, day: Date): boolean {
  return (
    schedule.months.includes(day.getUTCMonth() + 1) &&
    schedule.daysOfMonth.includes(day.getUTCDate()) &&
    schedule.daysOfWeek.includes(day.getUTCDay())
  );
}

/** The first second of a day from the bound on, or going back the last one up to it. */
function secondOfDay(schedule: CalendarFields, bound: number, step: 1 | -1): number | null {
  const inOrder = (values: readonly number[]) => (step === 1 ? values : values.toReversed());
  /** Whether a stretch of seconds lies on this side of the bound, if only in part. */
  const reaches = (start: number, length: number): boolean =>
    step === 1 ? start + length > bound : start <= bound;
  for (const hour of inOrder(schedule.hours)) {
    if (!reaches(hour * 3600, 3600)) continue;
    for (const minute of inOrder(schedule.minutes)) {
      const start = hour * 3600 + minute * 60;
      if (!reaches(start, 60)) continue;
      const second = inOrder(schedule.seconds).find((each) => reaches(start + each, 1));
      if (second !== undefined) return start + second;
    }
  }
  return null;
}
