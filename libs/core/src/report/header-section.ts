import { parseMoney } from '../domain/money.ts';
import { formatCount, formatDollars, formatMoment } from './format-values.ts';
import { headline } from './headline.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import type { ReportInput } from './report-input.ts';

/** What the run was and how it ended. */
export function headerSection(input: ReportInput): Html {
  const { summary, market } = input;
  return html`<header>
    <p class="run">
      <span class="status ${summary.status}">${summary.status}</span> <code>${summary.runId}</code>
    </p>
    <h1>${headline(input)}</h1>
    <dl class="facts">
      ${fact('Slot', formatMoment(summary.slot))} ${fact('Market', market.name)}
      ${fact('Listing of', market.asOf === null ? 'none arrived' : formatMoment(market.asOf))}
      ${fact('Stage', summary.stage)} ${fact('Mode', summary.mode)}
    </dl>
  </header>`;
}

function fact(name: string, value: HtmlValue): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** The run in its most important numbers. */
export function tilesSection(input: ReportInput): Html {
  const { summary, manifest } = input;
  const { cashBefore } = summary;
  const model = summary.model ?? manifest;
  return html`<section class="tiles" aria-label="Summary">
    ${tile('Bought', formatCount(summary.bought), `of ${formatCount(summary.decided)} decided`)}
    ${tile('Spent', formatDollars(summary.spent), summary.mode === 'paper' ? 'on paper only' : 'in this run')}
    ${tile('Cash before', cashBefore === null ? 'not known' : formatDollars(cashBefore), cashAfter(input))}
    ${tile('Scored', formatCount(summary.scored), `of ${formatCount(summary.listed)} listed`)}
    ${tile('Model', model?.name ?? 'none', model && `version ${model.version}`)}
  </section>`;
}

function tile(name: string, value: string, note: string | null): Html {
  const isLong = value.length > 10 ? 'long' : 'short';
  return html`<div class="tile">
    <p class="name">${name}</p>
    <p class="value ${isLong}">${value}</p>
    <p class="note">${note}</p>
  </div>`;
}

/** Not exact where an order may have been filled without our knowing, and never spent on paper. */
function cashAfter({ summary, orders }: ReportInput): string | null {
  const { cashBefore, spent, mode } = summary;
  if (cashBefore === null) return null;
  const left = formatDollars(parseMoney(cashBefore).minus(parseMoney(spent)));
  if (mode === 'paper') return `${left} had it been real`;
  const isExact = orders.every(({ result }) => result?.outcome !== 'unknown');
  return isExact ? `${left} after` : `${left} or less after`;
}
