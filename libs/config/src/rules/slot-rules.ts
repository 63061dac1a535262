import { ScheduleError } from '../schedule/ncrontab.ts';
import type { ValuesByKey } from '../schema/config-schema.ts';
import { rulesOver } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

/** Makes a schedule that knows its moments, or throws ScheduleError. */
type MakeJobSchedule = (args: { schedule: string; timeZone: string | undefined; now: Date }) => {
  isDueSlot(slot: Date): boolean;
  slotAtOrBefore(moment: Date): Date | null;
  slotAfter(moment: Date): Date | null;
};

/**
 * A slot is run once; a moment that is made up is one slot more. Live that takes a word of its own. On
 * paper nothing is spent, and a replay as of another day is on a simulated market alone.
 */
export const slotRules = (createJobSchedule: MakeJobSchedule) => [
  rule(
    [
      'run.mode',
      'run.slot',
      'run.anyway',
      'run.as_of',
      'schedule.daily_trade',
      'schedule.time_zone',
    ],
    (values) => {
      const { 'run.slot': text, 'run.anyway': isMeant, 'run.as_of': asOf } = values;
      if (values['run.mode'] !== 'live' || text === undefined) return undefined;
      if (isMeant || asOf !== undefined) return undefined;
      const slot = new Date(text);
      const schedule = unlessRefused(() =>
        createJobSchedule({
          schedule: values['schedule.daily_trade'],
          timeZone: values['schedule.time_zone'],
          now: slot,
        }),
      );
      if (schedule === null || schedule.isDueSlot(slot)) return undefined;
      const last = told(schedule.slotAtOrBefore(slot));
      const next = told(schedule.slotAfter(slot));
      return {
        key: 'run.slot',
        message: `It is ${told(slot)}, which schedule.daily_trade does not have, and a live run beside the schedule buys once more. The last scheduled moment before it is ${last}, the next one ${next}.`,
        fix: 'Give a scheduled moment, or say that you mean it with --anyway (run.anyway: true).',
      };
    },
  ),
];

/** Null where the schedule is none in its time zone, which another rule tells. */
function unlessRefused<Value>(make: () => Value): Value | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

/** A moment to the second, as people type it. */
function told(moment: Date | null): string {
  return moment === null ? 'none' : moment.toISOString().replace('.000Z', 'Z');
}
