import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import { formatCount } from './format-values.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import type { ReportInput, ReportManifest } from './report-input.ts';
import { table } from './table.ts';

/** Which model judged, from what it learned, and how good it was on rows it had not seen. */
export function modelSection({ manifest }: ReportInput): Html {
  return html`<section aria-labelledby="model">
    <h2 id="model">Model</h2>
    ${manifest === null ? html`<p class="empty">No model was loaded.</p>` : details(manifest)}
  </section>`;
}

function details(manifest: ReportManifest): Html {
  const { label, training, features } = manifest;
  const horizon = label.horizonMonths === null ? '' : `, within ${label.horizonMonths} months`;
  const hindsight = label.hindsight ? 'known only with hindsight' : 'known at the time';
  return html`<div class="columns">
    <dl class="pairs">
      ${pair('Name and version', html`${manifest.name}, ${manifest.version}`)}
      ${pair('Estimator', manifest.model.estimator)}
      ${pair('Label', html`<code>${label.name}</code>${horizon} (${hindsight})`)}
      ${pair('Trained on', `${formatCount(training.rows)} rows issued before ${training.issuedBefore}`)}
      ${pair('Features', features.name)}
      ${pair('Checksum of the model', html`<code>${manifest.model.sha256.slice(0, 16)}…</code>`)}
    </dl>
    <div>${metricsTable(manifest)}${ownDataTable(features.ownData)}</div>
  </div>`;
}

function pair(name: string, value: HtmlValue): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function metricsTable({ metrics, label }: ReportManifest): Html {
  const written = (value: number | null): string => value?.toFixed(4) ?? 'one outcome only';
  const isBetter = (metrics.q.rocAuc ?? 0) > (metrics.r.rocAuc ?? 0);
  const verdict = isBetter
    ? 'the model ordered these rows better than the price did'
    : 'the model did not order these rows better than the price did: it has shown no edge';
  return html`${table({
      caption: `Measured on ${formatCount(metrics.rows)} rows from ${metrics.splitAt} on`,
      columns: [
        { heading: 'Score' },
        { heading: 'Area under ROC', numeric: true },
        { heading: 'Brier (less is better)', numeric: true },
      ],
      rows: [
        { cells: ['q: the model', written(metrics.q.rocAuc), written(metrics.q.brier)] },
        { cells: ['r: the market’s price', written(metrics.r.rocAuc), written(metrics.r.brier)] },
      ],
    })}
    <p class="more">
      By the label ${label.name},
      ${verdict}.${label.hindsight && ' Only hindsight knows that label.'}
    </p>`;
}

function ownDataTable(sets: readonly OwnDataDeclaration[]): Html {
  if (sets.length === 0) return html`<p class="empty">The model uses no own data.</p>`;
  return table({
    caption: 'Own data',
    columns: [{ heading: 'Set' }, { heading: 'Columns' }, { heading: 'Known when' }],
    rows: sets.map(({ name, columns, date }) => ({
      cells: [
        name,
        columns.join(', '),
        date === null
          ? html`<span class="badge static">static</span> one table for every day`
          : `dated: from ${date.lagMonths} months after the month of a value, for at most ${date.staleAfterMonths} months more`,
      ],
    })),
  });
}
