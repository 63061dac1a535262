import { type HTMLElement, parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { skipReasons } from '../domain/decision.ts';
import { parseMoney } from '../domain/money.ts';
import { renderReport } from './render-report.ts';
import type { ReportInput } from './report-input.ts';
import { buy, decision, manifest, order, reportInput, summary } from './test/invented-run.ts';

function render(changes: Partial<ReportInput> = {}): HTMLElement {
  return parse(renderReport(reportInput(changes)));
}

function textOf(element: HTMLElement | null): string {
  return (element?.text ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** The rows of the table with this caption, cell by cell. */
function rowsOf(page: HTMLElement, caption: string): string[][] {
  const table = page.querySelectorAll('table').find((candidate) => {
    return textOf(candidate.querySelector('caption')).startsWith(caption);
  });
  const rows = table?.querySelectorAll('tbody tr') ?? [];
  return rows.map((row) => row.querySelectorAll('th, td').map(textOf));
}

describe('a report', () => {
  it('tells the run in numbers', () => {
    const page = render();
    expect(textOf(page.querySelector('h1'))).toBe('Bought 1 security for $25.00.');
    expect(page.querySelectorAll('.tile').map(textOf)).toEqual([
      'Bought 1 of 2 decided',
      'Spent $25.00 in this run',
      'Cash before $10,000.00 $9,975.00 after',
      'Scored 1,200 of 1,204 listed',
      'Model invented-model version 3.1',
    ]);
    expect(textOf(page.querySelector('.facts'))).toBe(
      'Slot 2026-01-05 17:00\u00A0UTC Market invented Listing of 2026-01-05 16:59\u00A0UTC Stage prod Mode live'.replaceAll(
        '\u00A0',
        ' ',
      ),
    );
    expect(page.querySelectorAll('.funnel li').map(textOf)).toEqual([
      'Listed 1,204',
      'With own data 1,203',
      'Scored 1,200',
      'Beyond the threshold 3',
      'To buy 2',
      'Bought 1',
    ]);
    expect(textOf(page.querySelector('footer'))).toContain('Decisions: out/decisions.csv.');
  });

  it('says why securities were left out and why not bought', () => {
    const page = render();
    expect(rowsOf(page, 'Left out')).toEqual([
      ['A value the model needs is missing', '3', 'income is empty'],
      ['No own data for it', '1', ''],
    ]);
    expect(rowsOf(page, 'Scored and not bought')).toEqual([
      ['Not enough cash', '1'],
      ['Not mispriced by more than the threshold', '1'],
    ]);
  });

  it('shows no more than three examples of a reason', () => {
    const dropped = ['a', 'b', 'c', 'd', 'd'].map((detail) => ({
      ...decision(),
      reason: 'missing-value' as const,
      detail,
    }));
    expect(rowsOf(render({ dropped }), 'Left out')[0]?.[2]).toBe('a; b; c; …');
  });

  it('lists decisions and orders', () => {
    const page = render();
    expect(rowsOf(page, 'Decisions')).toHaveLength(5);
    expect(rowsOf(page, 'Decisions')[0]).toEqual([
      '7001',
      '36',
      '11.5',
      '12.0 %',
      '4.0 %',
      '\u22128.0',
      'buy',
      '$25.00',
      'Mispriced by more than the threshold',
    ]);
    expect(rowsOf(page, 'Orders')).toEqual([
      ['7001', '36', '$25.00', '$25.00', 'filled', 'ORDER_FULFILLED', '0f3c2a10'],
      ['7002', '36', '$25.00', '$0.00', 'refused', '', '0f3c2a10'],
    ]);
  });

  it('shows the first hundred decisions and says where the others are', () => {
    const decisions = Array.from({ length: 1_350 }, (_, i) => decision({ id: `${i}` }));
    const page = render({ decisions });
    expect(rowsOf(page, 'Decisions')).toHaveLength(100);
    expect(textOf(page.querySelector('section[aria-labelledby=decisions]'))).toContain(
      '1,250 more rows are not shown; all are in out/decisions.csv.',
    );
    const unwritten = render({ decisions, summary: { ...summary, decisions: null } });
    expect(textOf(unwritten)).toContain('no file was written');
  });

  it('says of an order of unknown fate that it may have been filled', () => {
    const page = render({ orders: [order('7001', 'unknown'), order('7002', null)] });
    expect(rowsOf(page, 'Orders').map((row) => row.slice(3, 5))).toEqual([
      ['not known', 'not known'],
      ['', 'not sent'],
    ]);
    expect(textOf(page)).toContain('may have been filled');
    expect(textOf(page.querySelector('.tiles'))).toContain('$9,975.00 or less after');
  });

  it('shows the threshold and every limit', () => {
    const limits = {
      perOrder: parseMoney('50'),
      perRun: parseMoney('1500'),
      perDay: parseMoney('1600'),
      perMonth: parseMoney('15000'),
      perGroup: { default: parseMoney('700'), byGroup: { 60: parseMoney('300') } },
      listingShare: '0.07',
      minimumOrder: parseMoney('25'),
      step: parseMoney('5'),
    };
    expect(rowsOf(render({ limits }), 'In force').map((row) => row.join(': '))).toEqual([
      'Threshold T: buy where q − r < −T: 0.04',
      'Kill switch: off',
      'One order, at most: $50.00',
      'One order, at least: $25.00',
      'In steps of: $5.00',
      'Of one listing, at most: 7 %',
      'One run, at most: $1,500.00',
      'One day, at most: $1,600.00',
      'One month, at most: $15,000.00',
      'In group 60, at most: $300.00',
      'In any other group, at most: $700.00',
    ]);
    expect(rowsOf(render(), 'In force').at(-1)).toEqual(['In one group, at most', 'no limit']);
  });

  it('warns of nothing where there is nothing to warn of', () => {
    expect(render().querySelector('.notices')).toBeNull();
  });

  it('warns in plain words', () => {
    const page = render({
      market: { name: 'simulated', simulated: true, asOf: null },
      summary: { ...summary, mode: 'paper' },
      killSwitch: true,
      manifest: {
        ...manifest,
        label: { name: 'charged-off-with-hindsight', hindsight: true, horizonMonths: null },
        features: {
          ...manifest.features,
          ownData: manifest.features.ownData.map((set) => ({ ...set, name: 'income', date: null })),
        },
      },
      notes: ['The last good model was kept.'],
    });
    const names = page.querySelectorAll('.notice li b').map(textOf);
    expect(names).toEqual([
      'Simulation.',
      'Paper.',
      'Kill switch on.',
      'Hindsight.',
      'Static own data.',
      'Note.',
    ]);
    const words = textOf(page.querySelector('.notices'));
    expect(words).toContain('charged-off-with-hindsight');
    expect(words).toContain('On the day of a purchase nobody knows it');
    expect(words).toContain('income: one undated table');
    expect(words).toContain('The last good model was kept.');
    expect(textOf(page.querySelector('.tiles'))).toContain('had it been real');
    expect(rowsOf(page, 'Own data')[0]?.[2]).toBe('static one table for every day');
    expect(rowsOf(page, 'Orders on paper')).toHaveLength(2);
  });

  it('names problems with what to do', () => {
    const error = {
      code: 'VENUE_UNREACHABLE',
      message: 'The market did not answer.',
      fix: 'Try again later.',
    } as const;
    const problems = [{ code: 'DATA_STALE', message: 'Two months old.', fix: 'Refresh it.' }];
    const page = render({ summary: { ...summary, status: 'failed', error }, problems });
    expect(page.querySelectorAll('.problem').map(textOf)).toEqual([
      'Problem VENUE_UNREACHABLE The market did not answer. What to do Try again later.',
      'Problem DATA_STALE Two months old. What to do Refresh it.',
    ]);
  });

  it('says which label the model was measured by, and when it shows no edge', () => {
    const sentence = (page: HTMLElement) =>
      textOf(page.querySelector('section[aria-labelledby=model] p.more'));
    expect(sentence(render())).toBe(
      'By the label charged-off-within-12-months, the model ordered these rows better than the price did.',
    );
    const metrics = { ...manifest.metrics, q: { rocAuc: 0.66, brier: 0.12 } };
    expect(sentence(render({ manifest: { ...manifest, metrics } }))).toContain('no edge');
    const one = { ...manifest.metrics, q: { rocAuc: null, brier: 0.12 } };
    expect(rowsOf(render({ manifest: { ...manifest, metrics: one } }), 'Measured')[0]?.[1]).toBe(
      'one outcome only',
    );
  });

  it('can be written of a run that ended before anything', () => {
    const page = render({
      summary: {
        ...summary,
        status: 'failed',
        cashBefore: null,
        model: null,
        dropped: {},
        ledger: null,
        decisions: null,
      },
      market: { name: 'invented', simulated: false, asOf: null },
      threshold: null,
      limits: null,
      manifest: null,
      decisions: [],
      dropped: [],
      orders: [],
    });
    const text = textOf(page);
    for (const words of [
      'none arrived',
      'not known',
      'Nothing was scored.',
      'No order was written.',
      'No model was loaded.',
      'Nothing was decided.',
      'No security was left out',
    ]) {
      expect(text).toContain(words);
    }
    expect(page.querySelectorAll('figure')).toHaveLength(0);
  });

  it('has words for every reason', () => {
    const decisions = skipReasons.map((reason) => decision({ id: reason, reason }));
    const words = rowsOf(render({ decisions }), 'Decisions').map((row) => row.at(-1));
    expect(new Set(words).size).toBe(skipReasons.length);
    expect(words.every((word) => /^[A-Z][^<>]+$/.test(word ?? ''))).toBe(true);
  });

  it('stays a page where the market is large', () => {
    const decisions = Array.from({ length: 20_000 }, (_, i) =>
      i < 40 ? buy(`${i}`) : decision({ id: `${i}`, q: (i % 997) / 997 }),
    );
    const orders = Array.from({ length: 350 }, (_, i) => order(`${i}`, 'filled'));
    const page = renderReport(reportInput({ decisions, orders }));
    expect(page.length).toBeLessThan(1_500_000);
    const text = textOf(parse(page));
    expect(text).toContain('1,500 of 20,000 securities are drawn.');
    expect(text).toContain('150 more rows are not shown; the ledger has every order');
  });
});
