import type { Decision } from '../../domain/decision.ts';
import { parseMoney } from '../../domain/money.ts';
import type { OrderOutcome } from '../../domain/order.ts';
import type { RunSummary } from '../../domain/run.ts';
import type { ReportInput, ReportManifest, ReportOrder } from '../report-input.ts';

/** An invented decision: a scored skip unless told otherwise. */
export function decision(changes: Partial<Decision> = {}): Decision {
  const scores = { r: 0.12, q: 0.2, ...changes };
  return {
    id: '1001',
    price: 11.5,
    group: '36',
    edge: scores.q === null || scores.r === null ? null : scores.q - scores.r,
    decision: 'skip',
    amount: parseMoney('0'),
    reason: 'edge-within-threshold',
    ...scores,
  };
}

export function buy(id: string, q = 0.05): Decision {
  return decision({
    id,
    q,
    decision: 'buy',
    amount: parseMoney('25'),
    reason: 'edge-beyond-threshold',
  });
}

export function order(listingId: string, outcome: OrderOutcome | null): ReportOrder {
  const orderId = '0f3c2a10-1111-8222-9333-444455556666';
  const filled = parseMoney(outcome === 'filled' ? '25' : '0');
  return {
    intent: {
      orderId,
      runId: 'lending-daily-20260105T170000Z',
      venue: 'invented',
      account: 'main',
      listingId,
      group: '36',
      side: 'buy',
      amount: parseMoney('25'),
      limitPrice: null,
    },
    result: outcome && {
      orderId,
      listingId,
      outcome,
      filled,
      units: null,
      fees: null,
      venueOrderId: null,
      venueStatuses: outcome === 'filled' ? ['ORDER_FULFILLED'] : [],
    },
  };
}

export const manifest: ReportManifest = {
  name: 'invented-model',
  version: '3.1',
  model: {
    file: 'model.onnx',
    sha256: 'a1'.repeat(32),
    estimator: 'logistic regression',
    input: 'one tensor',
    output: 'one tensor',
  },
  label: { name: 'charged-off-within-12-months', hindsight: false, horizonMonths: 12 },
  training: {
    issuedBefore: '2025-01-01',
    rows: 12_345,
    dropped: {},
    dataSha256: 'b2'.repeat(32),
    ownData: [],
    packages: {},
  },
  metrics: {
    splitAt: '2024-07-01',
    rows: 2_000,
    q: { rocAuc: 0.68, brier: 0.11 },
    r: { rocAuc: 0.66, brier: 0.12 },
  },
  riskCurves: {
    36: { prices: [6, 12, 18], risks: [0.02, 0.12, 0.3] },
    60: { prices: [8], risks: [0.2] },
  },
  features: {
    name: 'invented-features',
    price: { field: 'intRate', column: 'int_rate', unit: 'percent a year' },
    group: { field: 'term', column: 'term', unit: 'months' },
    ownData: [
      {
        name: 'unemployment',
        keys: [{ field: 'addrState', column: 'addr_state', ownColumn: 'state' }],
        date: { ownColumn: 'month', lagMonths: 2, staleAfterMonths: 3 },
        columns: ['rate'],
      },
    ],
  },
};

export const summary: RunSummary = {
  status: 'traded',
  runId: 'lending-daily-20260105T170000Z',
  slot: '2026-01-05T17:00:00.000Z',
  stage: 'prod',
  mode: 'live',
  listed: 1_204,
  dropped: { 'missing-value': 3, 'no-own-data': 1 },
  matched: 1_203,
  scored: 1_200,
  decided: 2,
  bought: 1,
  cashBefore: '10000.00',
  spent: '25.00',
  model: { name: 'invented-model', version: '3.1' },
  ledger: 'ledger/lending-daily/2026-01.jsonl',
  report: 'out/report.html',
  decisions: 'out/decisions.csv',
  error: null,
};

/** A run of an honest model on a real market: nothing to warn of. */
export function reportInput(changes: Partial<ReportInput> = {}): ReportInput {
  return {
    summary,
    market: { name: 'invented', simulated: false, asOf: '2026-01-05T08:59:00.000-08:00' },
    writtenAt: '2026-01-05T17:00:12.000Z',
    threshold: 0.04,
    limits: {
      perOrder: parseMoney('25'),
      perRun: parseMoney('1000'),
      perDay: parseMoney('1100'),
      perMonth: parseMoney('10000'),
      perGroup: null,
      listingShare: '0.25',
      minimumOrder: parseMoney('25'),
      step: parseMoney('25'),
    },
    killSwitch: false,
    manifest,
    decisions: [
      buy('7001', 0.04),
      buy('7002'),
      decision({ id: '7003', q: 0.06, reason: 'cash-limit' }),
      decision({ id: '7004', group: '60', price: 14.2, r: 0.2 }),
      decision({ id: '7005', r: null, q: null, edge: null, reason: 'missing-value' }),
    ],
    dropped: [
      { id: '7005', price: 9, group: '36', reason: 'missing-value', detail: 'income is empty' },
    ],
    orders: [order('7001', 'filled'), order('7002', 'refused')],
    notes: [],
    problems: [],
    ...changes,
  };
}
