import { formatDollars, formatPercent, formatPoints } from './format-values.ts';
import { html, type Html } from './html.ts';
import { reasonWords } from './reason-words.ts';
import type { ReportInput } from './report-input.ts';
import { firstRows, table } from './table.ts';

const rowsShown = 100;

/** The decisions, best edge first, as many as a page bears. */
export function decisionsSection({ decisions, summary }: ReportInput): Html {
  const { shown, more } = firstRows(decisions, rowsShown);
  const rows = shown.map(({ id, group, price, r, q, edge, decision, amount, reason }) => ({
    kind: decision,
    cells: [
      html`<bdi>${id}</bdi>`,
      html`<bdi>${group}</bdi>`,
      price,
      formatPercent(r),
      formatPercent(q),
      formatPoints(edge),
      html`<span class="badge">${decision}</span>`,
      decision === 'buy' ? formatDollars(amount) : '',
      reasonWords[reason],
    ],
  }));
  const file = summary.decisions;
  const where = file === null ? 'no file was written' : html`all are in <code>${file}</code>`;
  return html`<section aria-labelledby="decisions">
    <h2 id="decisions">Decisions</h2>
    ${
      decisions.length === 0
        ? html`<p class="empty">Nothing was decided.</p>`
        : table({
            caption: 'Decisions, best edge first',
            columns: [
              { heading: 'Security' },
              { heading: 'Group' },
              { heading: 'Price', numeric: true },
              { heading: 'Market’s risk r', numeric: true },
              { heading: 'Model’s risk q', numeric: true },
              { heading: 'Edge, points', numeric: true },
              { heading: 'Decision' },
              { heading: 'Amount', numeric: true },
              { heading: 'Why' },
            ],
            rows,
            more: more && html`${more}; ${where}.`,
          })
    }
  </section>`;
}
