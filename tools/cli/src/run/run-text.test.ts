import { parseMoney, type Decision } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { tradedSummary } from '../../test/support/traded-summary.ts';
import { runText } from './run-text.ts';

const buy: Decision = {
  id: '7',
  price: 12.5,
  group: '36',
  r: 0.15,
  q: 0.05,
  edge: -0.1,
  decision: 'buy',
  amount: parseMoney('25.00'),
  reason: 'edge-beyond-threshold',
};

describe('runText', () => {
  it('tells what was decided, what it came to, where everything is and what next', () => {
    const text = runText({ summary: tradedSummary, decisions: [buy], nextSteps: ['sleep'] });
    expect(text).toContain('1 decisions, 1 of them to buy');
    expect(text.slice(text.indexOf('run  '))).toBe(
      [
        'run          lending-20260105T152503Z (embedded, live)',
        'status       traded',
        'listings     12 listed, 10 joined with own data, 10 scored',
        'dropped      2 no-own-data',
        'bought       2 of 3 decided, for 50.00 dollars',
        'cash before  10000.00 dollars',
        'model        lending 2025-01-01-0123456789ab',
        'report       /out/report.html',
        'decisions    /out/decisions.csv',
        'ledger       /state/ledger/lending/2026-01.jsonl',
        '',
        'Next:',
        '  sleep',
      ].join('\n'),
    );
  });

  it('leaves out what there is not', () => {
    const text = runText({
      summary: {
        ...tradedSummary,
        dropped: {},
        cashBefore: null,
        model: null,
        report: null,
        decisions: null,
      },
      decisions: [],
      nextSteps: [],
    });
    expect(text).not.toMatch(/dropped|cash before|model|report|decisions {2}|Next|listing +price/);
  });

  it('tells an error with what to do', () => {
    const error = { code: 'VENUE_UNREACHABLE', message: 'No answer.', fix: 'Wait.' } as const;
    const text = runText({
      summary: { ...tradedSummary, status: 'failed', error },
      decisions: [],
      nextSteps: [],
    });
    expect(text).toContain('\n\nVENUE_UNREACHABLE: No answer.\n  What to do: Wait.');
  });
});
