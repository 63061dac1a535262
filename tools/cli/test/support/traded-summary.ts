import type { RunSummary } from '@mispriced/core';

/** An invented run that bought something. */
export const tradedSummary: RunSummary = {
  status: 'traded',
  runId: 'lending-20260105T152503Z',
  slot: '2026-01-05T15:25:03.000Z',
  stage: 'embedded',
  mode: 'live',
  listed: 12,
  dropped: { 'no-own-data': 2 },
  matched: 10,
  scored: 10,
  decided: 3,
  bought: 2,
  cashBefore: '10000.00',
  spent: '50.00',
  model: { name: 'lending', version: '2025-01-01-0123456789ab' },
  ledger: '/state/ledger/lending/2026-01.jsonl',
  report: '/out/report.html',
  decisions: '/out/decisions.csv',
  error: null,
};
