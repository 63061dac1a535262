import { provesAll } from '@mispriced/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { craftLoans } from '../crash/support/crafted-market.ts';
import { openFileStack } from '../crash/support/trading-stack.ts';
import { archiveListing, liveDays, wallClock } from './support/live-days.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const listing = await archiveListing(files, crafted);

afterAll(() => files.close());

const days = [
  // The time is left out on the 29th: the run comes as long after the change as it would have been.
  ['Europe/London', '0 30 1 * * *', '2026-03-28', ['28 01:30', '29 02:30', '30 01:30'], '0,1'],
  // The time comes twice on the 25th: its first coming counts.
  ['Europe/London', '0 30 1 * * *', '2026-10-24', ['24 01:30', '25 01:30', '26 01:30'], '0,1'],
  ['America/New_York', '0 30 9 * * *', '2026-03-07', ['07 09:30', '08 09:30', '09 09:30'], '13,14'],
  ['America/New_York', '0 30 1 * * *', '2026-10-31', ['31 01:30', '01 01:30', '02 01:30'], '5,6'],
] as const;

describe('the deployed daily-trade in a time zone, over the change of clocks', () => {
  it.concurrent.for(provesAll ? days : days.slice(1, 3))(
    '%s, %s from %s: once each local day',
    async ([timeZone, schedule, from, wall, hours], { onTestFinished }) => {
      const start = new Date(`${from}T00:00:00Z`);
      // From local midnight in New York too, for three whole days.
      start.setUTCHours(timeZone === 'Europe/London' ? 0 : 5);
      const to = new Date(start.getTime() + 3 * 86_400_000);
      const strategy = `zone-${from}`;
      const lived = await liveDays({
        stack: files,
        strategy,
        listing,
        schedule,
        timeZone,
        from: start,
        to,
        onFinished: onTestFinished,
      });
      expect(lived.slots.map((slot) => wallClock(slot, timeZone).slice(-8))).toEqual(wall);
      expect(lived.timer.split(' ')[2]).toBe(hours);
      // Both UTC times fire; one of them does nothing.
      expect(lived.firings).toBe(6);
    },
  );
});
