import type { LedgerEntry, OrderOutcome, OrderResultEntry, TradingMode } from '../domain/index.ts';

/** Lines of a ledger as tests want them: of one moment, epoch and account unless told otherwise. */
const stamp = { previous: null, epoch: 1 } as const;
export const lineMoment = '2026-01-05T15:25:03.000Z';

export function startedLine(runId: string, slot = lineMoment): LedgerEntry {
  return {
    ...stamp,
    type: 'run-started',
    at: lineMoment,
    runId,
    slot,
    stage: 'local',
    mode: 'live',
  };
}

export function intendedLine(
  runId: string,
  listingId: string,
  given: {
    at?: string;
    amount?: string;
    group?: string;
    venue?: string;
    mode?: TradingMode;
  } = {},
): LedgerEntry {
  const { at = lineMoment, amount = '25.00', group = '36', venue = 'invented' } = given;
  return {
    ...stamp,
    type: 'order-intended',
    at,
    runId,
    orderId: `${runId}/${listingId}`,
    venue,
    account: 'main',
    listingId,
    group,
    side: 'buy',
    amount,
    reserved: amount,
    limitPrice: null,
    mode: given.mode ?? 'live',
  };
}

export function resultLine(
  runId: string,
  listingId: string,
  outcome: OrderOutcome,
  given: {
    at?: string;
    filled?: string;
    source?: OrderResultEntry['source'];
    attemptEnded?: boolean;
  } = {},
): LedgerEntry {
  const bought = outcome === 'filled' ? '25.00' : '0.00';
  return {
    ...stamp,
    type: 'order-result',
    at: given.at ?? lineMoment,
    runId,
    orderId: `${runId}/${listingId}`,
    listingId,
    outcome,
    filled: given.filled ?? bought,
    units: null,
    fees: null,
    venueOrderId: null,
    venueStatuses: [],
    source: given.source ?? 'answer',
    attemptEnded: given.attemptEnded ?? true,
  };
}

export function absentLine(runId: string, listingId: string, at: string): LedgerEntry {
  const orderId = `${runId}/${listingId}`;
  return { ...stamp, type: 'order-absent', at, runId, orderId, listingId };
}

export function finishedLine(runId: string, spent = '0.00'): LedgerEntry {
  return {
    ...stamp,
    type: 'run-finished',
    at: lineMoment,
    runId,
    status: 'partial',
    spent,
    errorCode: null,
  };
}
