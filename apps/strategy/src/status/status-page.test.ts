import { describe, expect, it } from 'vitest';
import type { StatusDocument, StatusRun } from './status-document.ts';
import { statusPage } from './status-page.ts';

const slot = '2026-01-05T15:25:03.000Z';
const run: StatusRun = {
  runId: 'lending-20260105T152503Z',
  slot,
  mode: 'live',
  status: 'traded',
  spent: '25.00',
  errorCode: null,
};

function pageOf(last: Partial<StatusRun>, at: string): string {
  const status: StatusDocument = {
    healthy: true,
    stage: 'prod',
    strategy: 'lending',
    account: 'main',
    mode: 'live',
    at,
    release: { content: null, package: null, commit: null },
    nextRun: null,
    lastRuns: [{ ...run, ...last }],
    model: null,
    ownData: [],
    halted: null,
    health: [],
  };
  return statusPage(status);
}

describe('the status page', () => {
  it('says first how the last run ended', () => {
    const page = pageOf({ status: 'partial', errorCode: 'ORDER_UNKNOWN' }, slot);
    const end = `<p class="bad">The run of ${slot} is partial (ORDER_UNKNOWN)</p>`;
    expect(page.indexOf(end)).toBeGreaterThan(0);
    expect(page.indexOf(end)).toBeLessThan(page.indexOf('Healthy'));
  });

  it.each([
    ['2026-01-05T15:40:00.000Z', 'good'],
    ['2026-01-05T17:00:00.000Z', 'bad'],
  ])('takes a run that is still open at %s as %s', (at, kind) => {
    expect(pageOf({ status: 'open', spent: null }, at)).toContain(
      `<p class="${kind}">The run of ${slot} is open</p>`,
    );
  });
});
