import { formatCount } from './format-values.ts';
import { html, type Html } from './html.ts';
import { reasonWords, wordsOf } from './reason-words.ts';
import type { ReportInput } from './report-input.ts';
import { table } from './table.ts';

const examplesShown = 3;

/** How the listing became orders, and where the rest went. */
export function pathSection(input: ReportInput): Html {
  return html`<section aria-labelledby="path">
    <h2 id="path">From listing to purchase</h2>
    ${funnel(input)}
    <div class="columns">
      <div>${droppedTable(input)}</div>
      <div>${skippedTable(input)}</div>
    </div>
  </section>`;
}

function funnel({ summary, decisions, threshold }: ReportInput): Html {
  const beyond = decisions.filter(
    ({ edge }) => edge !== null && threshold !== null && edge < -threshold,
  ).length;
  const steps = [
    ['Listed', summary.listed],
    ['With own data', summary.matched],
    ['Scored', summary.scored],
    ['Beyond the threshold', beyond],
    ['To buy', summary.decided],
    ['Bought', summary.bought],
  ] as const;
  const most = Math.max(1, ...steps.map(([, count]) => count));
  return html`<ol class="funnel">
    ${steps.map(([name, count]) => {
      const percent = Math.round((count / most) * 10_000) / 100;
      return html`<li>
        <span class="step">${name}</span>
        <svg class="track" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect class="rail" width="100" height="1" />
          <rect class="fill" width="${percent}" height="1" />
        </svg>
        <span class="count">${formatCount(count)}</span>
      </li>`;
    })}
  </ol>`;
}

function droppedTable({ summary, dropped }: ReportInput): Html {
  const counts = Object.entries(summary.dropped).filter(([, count]) => count > 0);
  if (counts.length === 0)
    return html`<p class="empty">No security was left out before its score.</p>`;
  return table({
    caption: 'Left out before a score',
    columns: [
      { heading: 'Why' },
      { heading: 'Securities', numeric: true },
      { heading: 'For example' },
    ],
    rows: counts
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => ({
        cells: [wordsOf(reason), formatCount(count), examples(dropped, reason)],
      })),
  });
}

function examples(dropped: ReportInput['dropped'], reason: string): string {
  const details = new Set(dropped.filter((row) => row.reason === reason).map((row) => row.detail));
  const shown = [...details].slice(0, examplesShown).join('; ');
  return details.size > examplesShown ? `${shown}; …` : shown;
}

function skippedTable({ decisions }: ReportInput): Html | null {
  const skipped = decisions.filter(({ decision, edge }) => decision === 'skip' && edge !== null);
  const counts = [...Map.groupBy(skipped, ({ reason }) => reason)].map(
    ([reason, rows]) => [reason, rows.length] as const,
  );
  if (counts.length === 0) return null;
  return table({
    caption: 'Scored and not bought',
    columns: [{ heading: 'Why' }, { heading: 'Securities', numeric: true }],
    rows: counts
      .sort(([, a], [, b]) => b - a)
      .map(([reason, count]) => ({ cells: [reasonWords[reason], formatCount(count)] })),
  });
}
