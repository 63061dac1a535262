/** A fault put into the product, as a change of its text. */
export interface Mutation {
  readonly name: string;
  /** Below the core's source folder. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly from: string;
  readonly to: string;
  /** A file of the history's drawing may not reach it at once: so many are tried. */
  readonly histories: number;
}

/** Each of these loses money or proof, and the judge must see it. */
export const mutations: readonly Mutation[] = [
  {
    name: 'the delay that the market declares is not waited for',
    file: 'ledger/release.ts',
    from: 'return attemptEndedAt.getTime() + (rule.settleWithinSeconds + clockStepSeconds) * 1000;',
    to: 'return attemptEndedAt.getTime() + 0 * rule.settleWithinSeconds * clockStepSeconds;',
    histories: 100,
  },
  {
    name: 'an intent whose attempt nobody saw end is released at once',
    file: 'ledger/release.ts',
    from: 'span >= rule.releaseAfterHours * 3_600_000',
    to: 'span >= 0',
    histories: 200,
  },
  {
    name: 'absence is believed after one reading',
    file: 'ledger/release.ts',
    from: 'const leastReadings = 3;',
    to: 'const leastReadings = 1;',
    histories: 100,
  },
  {
    name: 'the clock chooses the month of a line',
    file: 'stores/ledger-store.ts',
    from: 'pathOfRun.set(entry.runId, pathOf(new Date(entry.slot)));',
    to: 'pathOfRun.set(entry.runId, pathOf(new Date(Date.parse(entry.at) + 86_400_000)));',
    histories: 100,
  },
  {
    name: 'an acquisition raises no epoch',
    file: 'stores/ledger-store.ts',
    from: 'epoch += 1;',
    to: 'epoch += 0;',
    histories: 50,
  },
  {
    name: 'what the market does not settle counts as refused',
    file: 'venues/lendingclub/create-lending-club-venue.ts',
    from: "allAlike(batch, isRefused ? 'refused' : 'unknown', refusal?.words)",
    to: "allAlike(batch, isRefused || result.answered ? 'refused' : 'refused', refusal?.words)",
    histories: 200,
  },
  {
    name: 'an order id has a part of chance',
    file: 'domain/order.ts',
    from: "listingId, side].join('|');",
    to: "listingId, side, String(Math.random())].join('|');",
    histories: 20,
  },
  {
    name: 'the kill switch is read before the first batch only',
    file: 'orders/place-orders.ts',
    from: 'const why = await dependencies.readHalt();',
    to: 'const why = next === 0 ? await dependencies.readHalt() : null;',
    histories: 300,
  },
  {
    name: 'an order without an answer is sent again',
    file: 'venues/lendingclub/client.ts',
    from: "sendOrders: (path, bodyText, mayStillSend) => attempt('POST', path, bodyText, mayStillSend),",
    to: "sendOrders: (path, bodyText, mayStillSend) => retryRead(() => attempt('POST', path, bodyText, mayStillSend), connection, signal),",
    histories: 50,
  },
  {
    name: 'open orders do not count in any limit',
    file: 'ledger/ledger-state.ts',
    from: 'return filled.greaterThan(reserved) ? filled : reserved;',
    to: 'return filled.greaterThan(reserved) ? filled : zeroMoney;',
    histories: 200,
  },
  {
    name: 'more than is declared is taken for granted',
    file: 'venue-breaches.ts',
    from: 'return filledMoney([order]).greaterThan(parseLedgerMoney(order.intent.reserved));',
    to: 'return filledMoney([order]).greaterThan(parseLedgerMoney(order.intent.reserved).times(1000));',
    histories: 200,
  },
  {
    name: 'an order is written down after it was sent',
    file: 'orders/place-orders.ts',
    from: `  await record(...batch.map((intent) => intendedEntry(intent, dependencies)));
  const placed = await sendBatch(batch, dependencies.venue, mayStillSend);`,
    to: `  const placed = await sendBatch(batch, dependencies.venue, mayStillSend);
  await record(...batch.map((intent) => intendedEntry(intent, dependencies)));`,
    histories: 20,
  },
  {
    name: 'a part that shows early frees the rest of the order',
    file: 'ledger/reconcile.ts',
    from: "const outcome = shown === 'partly-filled' && isUnsettled(order) ? 'unknown' : shown;",
    to: "const outcome = shown === 'unknown' && isUnsettled(order) ? 'unknown' : shown;",
    histories: 300,
  },
  {
    name: 'what is shown too late halts nobody',
    file: 'venue-breaches.ts',
    from: 'if (released.has(entry.orderId)) late.add(entry.orderId);',
    to: 'if (released.has(entry.orderId)) late.delete(entry.orderId);',
    histories: 200,
  },
  {
    name: 'the way of a renewal counts as time that has passed',
    file: 'stores/run-lease.ts',
    from: 'earliest: () => after(told.answered.least()),',
    to: 'earliest: () => after(told.asked.least()),',
    histories: 300,
  },
  {
    name: 'the end of any earlier run closes a file',
    file: 'stores/ledger-store.ts',
    from: "(last.type === 'run-finished' && (holder === null || last.runId === holder)) ||",
    to: "(last.type === 'run-finished' && (holder === null || last.runId !== '')) ||",
    histories: 300,
  },
];
