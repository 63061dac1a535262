import type { LedgerEntry } from '@mispriced/core';
import { expect } from 'vitest';
import type { RehearsedStack } from '../../src/index.ts';

/** A restart as `rotate-keys` records it. */
export interface RecordedRestart {
  readonly from: string;
  readonly until: string;
}

/** How long after its slot a timer still comes on time, and clocks of one machine may differ. */
const toleranceMilliseconds = 1_000;

/**
 * Sees, in the ledger as it was written, that no slot ran twice, that none failed, that one which was
 * left open was cut off by a recorded restart, and that each that is absent lies inside one.
 */
export async function expectHonestSlots(
  stack: RehearsedStack,
  args: { seconds: number; restarts: readonly RecordedRestart[]; since?: Date },
): Promise<{ slots: number; absent: number; cutOff: number; passedOver: number }> {
  const { restarts, since = new Date(0) } = args;
  const isInRestart = (moment: number): boolean =>
    restarts.some(
      ({ from, until }) =>
        moment >= Date.parse(from) - toleranceMilliseconds && moment <= Date.parse(until),
    );
  const attempts = attemptsIn(await stack.ledger());
  // What began after the last that has ended may be at work now.
  const lastEnded = attempts.findLastIndex(({ status }) => status !== null);
  const seen = attempts.slice(0, lastEnded + 1).filter(({ at }) => at >= since.getTime());
  const whole = seen.filter(({ status }) => status !== null);
  const slots = whole.map(({ slot }) => slot);
  expect(slots.length).toBeGreaterThan(0);
  expect(new Set(slots).size, 'a slot ran twice').toBe(slots.length);
  const ended = new Set(whole.map(({ status }) => status));
  expect([...ended].filter((status) => status !== 'traded' && status !== 'nothing')).toEqual([]);
  const cutOff = seen.filter(({ status }) => status === null);
  expect(cutOff.filter(({ at }) => !isInRestart(at))).toEqual([]);
  const step = args.seconds * 1000;
  const ran = new Set(slots);
  const absent: string[] = [];
  let passedOver = 0;
  for (let slot = Math.min(...slots); slot <= Math.max(...slots); slot += step) {
    // The platform itself passes over a slot that comes while the run before is at work.
    const isBusy = whole.some(
      ({ at, endedAt }) => at < slot && slot <= (endedAt ?? 0) + toleranceMilliseconds,
    );
    if (ran.has(slot)) continue;
    if (isInRestart(slot) || !isBusy) absent.push(new Date(slot).toISOString());
    else passedOver += 1;
  }
  expect(absent.filter((slot) => !isInRestart(Date.parse(slot)))).toEqual([]);
  return { slots: slots.length, absent: absent.length, cutOff: cutOff.length, passedOver };
}

/**
 * Sees that what the tool recorded is what the cloud did: every time that the app was down lies inside
 * a recorded restart, there is no more than one for each rotation, and none took long.
 */
export async function expectTrueRestarts(
  stack: RehearsedStack,
  args: { restarts: readonly RecordedRestart[]; since: Date; most: number; longestSeconds: number },
): Promise<void> {
  const { restarts, since, most, longestSeconds } = args;
  expect(restarts.length).toBeLessThanOrEqual(most);
  for (const { from, until } of restarts) {
    expect(Date.parse(until) - Date.parse(from)).toBeLessThan(longestSeconds * 1000);
  }
  const downs = (await stack.site()).restarts.filter(
    ({ downAt }) => Date.parse(downAt) >= since.getTime(),
  );
  expect(downs.length).toBeGreaterThan(0);
  const unrecorded = downs.filter(
    ({ downAt, upAt }) =>
      !restarts.some(({ from, until }) => downAt >= from && (upAt ?? downAt) <= until),
  );
  expect(unrecorded).toEqual([]);
}

interface Attempt {
  readonly slot: number;
  readonly at: number;
  /** Null where it was cut off. */
  status: string | null;
  endedAt: number | null;
}

/** Every beginning of a run with its end; one that was taken up again began twice. */
function attemptsIn(entries: readonly LedgerEntry[]): readonly Attempt[] {
  const attempts: Attempt[] = [];
  const open = new Map<string, Attempt>();
  for (const entry of entries) {
    if (entry.type === 'run-started') {
      const [slot, at] = [Date.parse(entry.slot), Date.parse(entry.at)];
      const attempt = { slot, at, status: null, endedAt: null };
      attempts.push(attempt);
      open.set(entry.runId, attempt);
    }
    if (entry.type !== 'run-finished') continue;
    const attempt = open.get(entry.runId);
    expect(attempt, `${entry.runId} ended twice, or never began`).toBeDefined();
    if (attempt !== undefined) {
      attempt.status = entry.status;
      attempt.endedAt = Date.parse(entry.at);
    }
    open.delete(entry.runId);
  }
  return attempts;
}
