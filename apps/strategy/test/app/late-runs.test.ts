import { booksOf, tradingModes, type LedgerEntry } from '@mispriced/core';
import { ManualClock, MemoryStateStore } from '@mispriced/functions-host';
import { provesAll } from '@mispriced/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { compareBooks, marketOrders } from '../crash/support/compare-books.ts';
import { craftLoans, openMarket } from '../crash/support/crafted-market.ts';
import { settingsOf } from '../crash/support/prove-kill.ts';
import { openFileStack } from '../crash/support/trading-stack.ts';
import { startAppHost, type OnFinished } from './support/start-app-host.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);

afterAll(() => files.close());

const hour = 3_600_000;

/** A life of the app in which one day's timer fires in time and the next day's is missed by hours. */
async function liveThroughAMissedSlot(policy: string, onFinished: OnFinished) {
  const strategy = `late-${policy}`;
  const market = await openMarket(crafted.loans);
  onFinished(() => market.close());
  const clock = new ManualClock(new Date('2026-11-02T15:00:00Z'));
  const settings = {
    ...settingsOf(files, market.settings, strategy),
    MISPRICED__RUN__LATE_POLICY: policy,
  };
  const options = {
    settings,
    clock,
    stateStore: new MemoryStateStore(clock),
    runTimers: true,
    appFollowsClock: true,
  };
  const first = await startAppHost(options, onFinished);
  clock.settleWith(() => first.host.whenIdle());
  await clock.advance(hour);
  await first.host.stop();

  await clock.advance(26 * hour);
  const second = await startAppHost(options, onFinished);
  clock.settleWith(() => second.host.whenIdle());
  await clock.advance(1000);
  const late = await readBooks(strategy);
  // The day after, the timer fires as ever.
  await clock.advance(23 * hour);
  const entries = await readBooks(strategy);
  const runs = (type: string) => entries.filter((entry) => entry.type === type);
  return {
    late,
    started: runs('run-started'),
    finished: runs('run-finished'),
    problems: compareBooks({ filled: await marketOrders(market.url), entries }),
    log: await second.readLog(),
  };
}

/**
 * What an account's books have, live and on paper, run by run. Lines of a run stand as they were written:
 * the time of a later one may be a little less, where the store has told its own in between.
 */
async function readBooks(account: string): Promise<readonly LedgerEntry[]> {
  const books = tradingModes.map((mode) => files.ledgerOf(booksOf(account, mode)).read());
  return (await Promise.all(books))
    .flat()
    .toSorted((one, other) => one.runId.localeCompare(other.runId));
}

const slots = ['2026-11-02', '2026-11-03', '2026-11-04'].map((date) => `${date}T15:25:03.000Z`);

const policies = [
  ['skip', 'live', { status: 'skipped', spent: '0.00', errorCode: 'RUN_LATE' }],
  ['run', 'live', { status: 'traded', spent: '125.00', errorCode: null }],
  ['paper', 'paper', { status: 'traded', spent: '125.00', errorCode: null }],
] as const;

describe('a slot whose timer fires hours late, as past due', () => {
  it.concurrent.for(provesAll ? policies : policies.slice(1, 3))(
    'follows the policy %s, and the ledger says so',
    async ([policy, mode, ending], { onTestFinished }) => {
      const life = await liveThroughAMissedSlot(policy, onTestFinished);
      expect(life.finished, life.log).toHaveLength(3);
      expect(life.started).toMatchObject(slots.map((slot) => ({ slot })));
      expect(life.started[1]).toMatchObject({ slot: slots[1], mode });
      expect(life.late.at(-1)).toMatchObject({ type: 'run-finished', ...ending });
      expect(life.finished[0]).toMatchObject({ status: 'traded' });
      expect(life.log).toContain('past-due');
      if (mode === 'live') expect(life.problems).toEqual([]);
    },
  );
});
