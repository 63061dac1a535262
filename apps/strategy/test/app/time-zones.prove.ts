import { provesNightly } from '@mispriced/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { craftLoans } from '../crash/support/crafted-market.ts';
import { openFileStack } from '../crash/support/trading-stack.ts';
import { archiveListing, liveDays, wallClock } from './support/live-days.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const listing = await archiveListing(files, crafted);

afterAll(() => files.close());

const zones: readonly [timeZone: string, schedule: string, moved: readonly string[]][] = [
  ['America/New_York', '0 30 2 * * *', ['2026-03-08 03:30']],
  ['Europe/London', '0 30 1 * * *', ['2026-03-29 02:30']],
];

describe('the deployed daily-trade over a whole year', () => {
  // Each night takes both.
  it.each(zones.slice(0, provesNightly ? 2 : 1))(
    'in %s runs once each local day',
    async (timeZone, schedule, moved) => {
      const { slots } = await liveDays({
        stack: files,
        strategy: `year-${timeZone.slice(0, 3).toLowerCase()}`,
        listing,
        schedule,
        timeZone,
        from: new Date('2026-01-01T05:00:00Z'),
        to: new Date('2027-01-01T05:00:00Z'),
      });
      const seen = slots.map((slot) => wallClock(slot, timeZone));
      expect(new Set(seen.map((text) => text.slice(0, 10))).size).toBe(365);
      expect(seen).toHaveLength(365);
      const usual = seen.filter((text) =>
        text.endsWith(timeZone === 'Europe/London' ? '01:30' : '02:30'),
      );
      expect(usual).toHaveLength(364);
      expect(seen.filter((text) => !usual.includes(text))).toEqual(moved);
    },
    1_200_000,
  );
});
