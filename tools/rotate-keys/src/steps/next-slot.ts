import { createJobSchedule, type JobSchedule } from '@mispriced/config';

/** So long after its slot a run may not have begun yet. */
const roomAfterSlotSeconds = 90;

/** When the stack's app trades, by its settings; null where they do not say. */
function scheduleIn(settings: Readonly<Record<string, string>>, now: Date): JobSchedule | null {
  const schedule = settings['MISPRICED__SCHEDULE__DAILY_TRADE'];
  if (schedule === undefined) return null;
  const timeZone = settings['MISPRICED__SCHEDULE__TIME_ZONE'];
  try {
    return createJobSchedule({ schedule, now, ...(timeZone !== undefined && { timeZone }) });
  } catch {
    return null;
  }
}

/**
 * The slot that a restart now could cost: one that is due within the margin, or has only just come.
 * With a margin of zero there is none.
 */
export function slotInDanger(args: {
  settings: Readonly<Record<string, string>>;
  now: Date;
  marginSeconds: number;
}): Date | null {
  const { now, marginSeconds } = args;
  const schedule = scheduleIn(args.settings, now);
  if (schedule === null || marginSeconds === 0) return null;
  const before = schedule.slotAtOrBefore(now);
  const roomAfter = Math.min(roomAfterSlotSeconds, marginSeconds);
  if (before !== null && now.getTime() - before.getTime() < roomAfter * 1000) return before;
  const after = schedule.slotAfter(now);
  return after !== null && after.getTime() - now.getTime() < marginSeconds * 1000 ? after : null;
}
