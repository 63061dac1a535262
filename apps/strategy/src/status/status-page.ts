import { html, ownMarkup, type Html } from '@mispriced/core';
import type { StatusDocument, StatusRun } from './status-document.ts';

/** The status as a page for people: no script, nothing fetched, everything escaped. */
export function statusPage(status: StatusDocument): string {
  const { health, lastRuns, model, ownData, release } = status;
  const title = `${status.strategy ?? 'The strategy'} in ${status.stage ?? 'an unknown stage'}`;
  const facts: readonly (readonly [string, string])[] = [
    ['Mode', status.mode ?? 'unknown'],
    ['Next run', status.nextRun ?? 'none'],
    ['Trading', status.halted === null ? 'allowed' : `halted: ${status.halted}`],
    ['Model', model === null ? 'none is live' : `${model.name} ${model.version}`],
    ['Own data', ownData.map((set) => `${set.set} (${set.publishedAt})`).join(', ') || 'none'],
    ['Package', release.package ?? 'not deployed'],
    ['Commit', release.commit ?? 'not deployed'],
    ['Written', status.at],
  ];
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${ownMarkup(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${lastEnd(lastRuns[0], status.at)}
          <p class="${status.healthy ? 'good' : 'bad'}">
            ${status.healthy ? 'Healthy' : 'Not healthy'}
          </p>
          ${table('Now', ['What', 'How it is'], facts)}
          ${table(
            'Health',
            ['Depends on', 'State', 'Detail', 'What to do'],
            health.map((check) => [
              check.name,
              check.healthy ? 'well' : 'not well',
              check.detail,
              check.fix ?? '',
            ]),
          )}
          ${table(
            'Last runs',
            ['Slot', 'Status', 'Mode', 'Spent', 'Error'],
            lastRuns.map((run) => [
              run.slot,
              run.status,
              run.mode,
              run.spent ?? '',
              run.errorCode ?? '',
            ]),
          )}
        </main>
      </body>
    </html> `;
  return page.toString();
}

const longestRunMilliseconds = 3_600_000;

/** How the last run ended comes first where a person should look at it. */
function lastEnd(last: StatusRun | undefined, at: string): Html {
  if (last === undefined) return html``;
  const { status, slot, errorCode } = last;
  // The platform ends any run long before: one that is still open then was killed.
  const isLost = status === 'open' && Date.parse(at) - Date.parse(slot) > longestRunMilliseconds;
  const isBad = isLost || ['partial', 'failed', 'halted'].includes(status);
  const why = errorCode === null ? '' : ` (${errorCode})`;
  return html`<p class="${isBad ? 'bad' : 'good'}">The run of ${slot} is ${status}${why}</p>`;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-top: 1px solid #8886; }
.good, .bad { font-weight: 600; }
.good::before { content: "● "; color: #2a7d4f; }
.bad::before { content: "▲ "; color: #c0392b; }
`;

function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Html {
  const line = ([first = '', ...others]: readonly string[]): Html =>
    html`<tr>
      <th scope="row">${first}</th>
      ${others.map((cell) => html`<td>${cell}</td>`)}
    </tr>`;
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(line)}
    </tbody>
  </table>`;
}
