import { describe, expect, it } from 'vitest';
import {
  parseMoney,
  type LedgerDraft,
  type LedgerEntry,
  type OrderIntent,
} from './domain/index.ts';
import { openLedgerBook } from './ledger-book.ts';
import { orderChecks } from './order-checks.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { inventedEntry, inventedSettings, newState } from './test/invented-run.ts';
import { intendedLine, resultLine, startedLine } from './test/ledger-lines.ts';

const runId = 'today';
const slot = '2026-01-05T15:25:03.000Z';

function checksOver(
  limits: Partial<PipelineParts['limits']>,
  lines: readonly LedgerEntry[],
  cash = '1000.00',
) {
  const settings = inventedSettings(newState(), []);
  const book = openLedgerBook(lines, (...drafts: readonly LedgerDraft[]) =>
    Promise.resolve(drafts.map(inventedEntry)),
  );
  const parts = {
    ...settings,
    slot: new Date(slot),
    limits: { ...settings.limits, ...limits },
    book,
    runId,
  } as unknown as PipelineParts;
  return { checks: orderChecks(parts, parseMoney(cash)), book };
}

const order = {
  orderId: 'today/9',
  listingId: '9',
  group: '36',
  amount: parseMoney('25.00'),
} as unknown as OrderIntent;

/** Another run of the day bought 75 dollars, where 50 were planned. */
const earlier = [
  startedLine('earlier', slot),
  intendedLine('earlier', '1', { amount: '50.00' }),
  resultLine('earlier', '1', 'rounded', { filled: '75.00' }),
];
/** This run bought 50 dollars, and does not know of another 25. */
const own = [
  startedLine(runId, slot),
  intendedLine(runId, '2', { amount: '50.00' }),
  resultLine(runId, '2', 'filled', { filled: '50.00' }),
  intendedLine(runId, '3'),
];

describe('before a batch', () => {
  it.each([
    ['limits.per_run', { perRun: parseMoney('99.99') }, '100.00'],
    ['limits.per_day', { perDay: parseMoney('174.99') }, '175.00'],
    ['limits.per_month', { perMonth: parseMoney('174.99') }, '175.00'],
    [
      'limits.per_group of 36',
      { perGroup: { default: parseMoney('99.99'), byGroup: {} } },
      '100.00',
    ],
  ])('%s counts what was filled and what is open', (name, limits, used) => {
    const { checks } = checksOver(limits, [...earlier, ...own]);
    const check = () => {
      checks.ensureWithinLimits([order]);
    };
    expect(check).toThrow(expect.objectContaining({ code: 'LIMIT_REACHED' }));
    expect(check).toThrow(`${used} dollars would go beyond ${name}`);
  });

  it('the cash is what was told, less what was ordered since', async () => {
    const { checks, book } = checksOver({}, [...earlier, ...own], '49.00');
    checks.ensureWithinLimits([order]);
    await book.record(intendedLine(runId, '4'));
    expect(() => {
      checks.ensureWithinLimits([order]);
    }).toThrow('25.00 dollars would go beyond the cash, 24.00');
  });

  it('all is well up to the cent', () => {
    const { checks } = checksOver(
      { perRun: parseMoney('100.00'), perDay: parseMoney('175.00') },
      [...earlier, ...own],
      '25.00',
    );
    expect(() => {
      checks.ensureWithinLimits([order]);
    }).not.toThrow();
  });
});
