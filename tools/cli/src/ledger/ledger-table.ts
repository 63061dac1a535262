import type { LedgerRun } from '@mispriced/core';
import { csvFormatRows } from 'd3-dsv';
import { parquetWriteBuffer } from 'hyparquet-writer';

const columns = [
  'slot',
  'runId',
  'stage',
  'mode',
  'account',
  'venue',
  'orderId',
  'listingId',
  'group',
  'intendedAt',
  'amount',
  'outcome',
  'filled',
  'units',
  'fees',
  'venueOrderId',
  'source',
  'resultAt',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string | null>>;

/** A row for each order. Money stays text, exact; an order of unknown fate has the outcome `unknown`. */
function rowsOf(runs: readonly LedgerRun[]): readonly Row[] {
  return runs.flatMap(({ started, orders }) =>
    orders.map(({ intent, result }) => ({
      slot: started.slot,
      runId: started.runId,
      stage: started.stage,
      mode: intent.mode,
      account: intent.account,
      venue: intent.venue,
      orderId: intent.orderId,
      listingId: intent.listingId,
      group: intent.group,
      intendedAt: intent.at,
      amount: intent.amount,
      outcome: result?.outcome ?? 'unknown',
      filled: result?.filled ?? null,
      units: result?.units ?? null,
      fees: result?.fees ?? null,
      venueOrderId: result?.venueOrderId ?? null,
      source: result?.source ?? null,
      resultAt: result?.at ?? null,
    })),
  );
}

/** The orders of a ledger as CSV (RFC 4180), with a heading. */
export function ledgerCsv(runs: readonly LedgerRun[]): string {
  const rows = rowsOf(runs).map((row) => columns.map((name) => row[name] ?? ''));
  return `${csvFormatRows([[...columns], ...rows])}\n`;
}

/** The same as Parquet: every column text, as exact as the ledger is. */
export function ledgerParquet(runs: readonly LedgerRun[]): Uint8Array {
  const rows = rowsOf(runs);
  const columnData = columns.map((name) => ({
    name,
    data: rows.map((row) => row[name]),
    type: 'STRING' as const,
    nullable: true,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
