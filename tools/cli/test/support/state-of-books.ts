import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { orderIdFor } from '@mispriced/core';

/** What an order of a crafted ledger was for, and how it ended; null where nobody knows. */
export interface CraftedOrder {
  readonly listingId: string;
  readonly outcome: 'filled' | 'refused' | null;
}

const account = 'main';
const slotText = '2026-01-02T15:25:03.000Z';
const runId = 'mispriced-20260102T152503Z';
const stamp = { at: '2026-01-02T15:26:00.000Z', runId };

/** The id that an order of the crafted run has. */
export function craftedOrderId(listingId: string): string {
  const slot = new Date(slotText);
  return orderIdFor({ venue: 'lendingclub', account, slot, listingId, side: 'buy' });
}

/** The lines of a live run of an earlier day that ordered 25 dollars of each of these, unbound. */
function linesOf(orders: readonly CraftedOrder[]): readonly object[] {
  return [
    { ...stamp, type: 'run-started', slot: slotText, stage: 'local', mode: 'live' },
    ...orders.flatMap(({ listingId, outcome }) => {
      const order = { ...stamp, orderId: craftedOrderId(listingId), listingId };
      const intended = {
        ...order,
        type: 'order-intended',
        venue: 'lendingclub',
        account,
        group: '36',
        side: 'buy',
        amount: '25.00',
        reserved: '25.00',
        limitPrice: null,
        mode: 'live',
      };
      const result = {
        ...order,
        type: 'order-result',
        outcome,
        source: 'answer',
        attemptEnded: true,
        filled: outcome === 'filled' ? '25.00' : '0.00',
        units: null,
        fees: null,
        venueOrderId: null,
        venueStatuses: [],
      };
      return outcome === null ? [intended] : [intended, result];
    }),
    {
      ...stamp,
      type: 'run-finished',
      status: 'partial',
      errorCode: null,
      spent: `${25 * orders.filter(({ outcome }) => outcome === 'filled').length}.00`,
    },
  ];
}

async function write(path: string, lines: readonly string[]): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

/** Writes the books of an account by hand, each line bound to the one before. Returns the file. */
export function craftBooks(stateFolder: string, orders: readonly CraftedOrder[]): Promise<string> {
  let previous: string | null = null;
  const lines = linesOf(orders).map((line) => {
    const text = JSON.stringify({ previous, epoch: 1, ...line });
    previous = createHash('sha256').update(text).digest('hex');
    return `${text.slice(0, -1)},"hash":"${previous}"}`;
  });
  return write(join(stateFolder, 'ledger', account, '2026-01.jsonl'), lines);
}

/** The same in the first layout of the ledger: by the strategy's name, and not bound. */
export function craftFirstLedger(
  stateFolder: string,
  orders: readonly CraftedOrder[],
): Promise<string> {
  const later = new Set(['account', 'reserved', 'limitPrice', 'units', 'fees', 'attemptEnded']);
  const lines = linesOf(orders).map((line) =>
    JSON.stringify(Object.fromEntries(Object.entries(line).filter(([key]) => !later.has(key)))),
  );
  return write(join(stateFolder, 'ledger', 'mispriced', '2026-01.jsonl'), lines);
}
