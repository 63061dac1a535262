import { describe, expect, it } from 'vitest';
import { slotInDanger } from './next-slot.ts';

const daily = { MISPRICED__SCHEDULE__DAILY_TRADE: '0 0 14 * * *' };
const at = (time: string, marginSeconds = 600, settings: Record<string, string> = daily) =>
  slotInDanger({ settings, now: new Date(`2026-03-02T${time}Z`), marginSeconds })?.toISOString() ??
  null;

describe('a slot that a restart could cost', () => {
  it.each([
    ['13:49:59', 600, null],
    ['13:50:01', 600, '2026-03-02T14:00:00.000Z'],
    ['13:59:00', 600, '2026-03-02T14:00:00.000Z'],
    ['13:59:00', 59, null],
    ['13:59:59', 2, '2026-03-02T14:00:00.000Z'],
    // It has only just come, so its run may not have begun.
    ['14:00:00', 600, '2026-03-02T14:00:00.000Z'],
    ['14:01:29', 600, '2026-03-02T14:00:00.000Z'],
    ['14:01:31', 600, null],
    ['14:00:11', 10, null],
    ['13:59:59', 0, null],
  ])('at %s with a margin of %i seconds: %s', (time, margin, slot) => {
    expect(at(time, margin)).toBe(slot);
  });

  it('is meant in the time zone of the schedule, through daylight saving', () => {
    const local = { ...daily, MISPRICED__SCHEDULE__TIME_ZONE: 'America/New_York' };
    expect(at('18:55:00', 600, local)).toBe('2026-03-02T19:00:00.000Z');
    const summer = slotInDanger({
      settings: local,
      marginSeconds: 600,
      now: new Date('2026-03-09T17:55:00Z'),
    });
    expect(summer?.toISOString()).toBe('2026-03-09T18:00:00.000Z');
  });

  it('is none where the settings name no schedule, or one that cannot be read', () => {
    expect(at('13:59:00', 600, {})).toBeNull();
    expect(at('13:59:00', 600, { MISPRICED__SCHEDULE__DAILY_TRADE: 'daily' })).toBeNull();
  });
});
