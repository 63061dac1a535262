import type { DecisionLimits } from '../domain/decision-limits.ts';
import { parseMoney, shareOfMoney } from '../domain/money.ts';
import { formatDollars } from './format-values.ts';
import { html, type Html } from './html.ts';
import type { ReportInput } from './report-input.ts';
import { table } from './table.ts';

/** The threshold and the limits the decisions kept to. */
export function settingsSection({ threshold, limits, killSwitch }: ReportInput): Html {
  const rows = [
    ['Threshold T: buy where q − r < −T', threshold === null ? 'not known' : String(threshold)],
    ['Kill switch', killSwitch ? 'on' : 'off'],
    ...(limits === null ? [] : limitRows(limits)),
  ];
  return html`<section aria-labelledby="settings">
    <h2 id="settings">Threshold and limits</h2>
    <div class="narrow">
      ${table({
        caption: 'In force for this run',
        columns: [{ heading: 'Setting' }, { heading: 'Value', numeric: true }],
        rows: rows.map((cells) => ({ cells })),
      })}
    </div>
  </section>`;
}

function limitRows(limits: DecisionLimits): string[][] {
  const { perGroup } = limits;
  const groups = Object.entries(perGroup?.byGroup ?? {}).map(([group, limit]) => [
    `In group ${group}, at most`,
    formatDollars(limit),
  ]);
  const other = perGroup?.default ?? null;
  return [
    ['One order, at most', formatDollars(limits.perOrder)],
    ['One order, at least', formatDollars(limits.minimumOrder)],
    ['In steps of', formatDollars(limits.step)],
    [
      'Of one listing, at most',
      `${shareOfMoney(parseMoney(100), limits.listingShare).toString()} %`,
    ],
    ['One run, at most', formatDollars(limits.perRun)],
    ['One day, at most', formatDollars(limits.perDay)],
    ['One month, at most', formatDollars(limits.perMonth)],
    ...groups,
    [
      groups.length > 0 ? 'In any other group, at most' : 'In one group, at most',
      other === null ? 'no limit' : formatDollars(other),
    ],
  ];
}
