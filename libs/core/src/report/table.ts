import { formatCount } from './format-values.ts';
import { html, type Html, type HtmlValue } from './html.ts';

/** A column of a table. */
export interface TableColumn {
  readonly heading: string;
  /** Numbers stand right, so that their digits line up. */
  readonly numeric?: boolean;
}

/**
 * A table that can be scrolled sideways, by keyboard too, where the screen is narrower. Its first
 * column heads each row.
 */
export function table(args: {
  caption: string;
  columns: readonly TableColumn[];
  rows: readonly { cells: readonly HtmlValue[]; kind?: string }[];
  /** What to say of rows that are not shown; nothing where all are. */
  more?: HtmlValue;
}): Html {
  const { caption, columns, rows, more = null } = args;
  const alignment = columns.map(({ numeric }) => (numeric === true ? 'number' : 'text'));
  const body = rows.map(({ cells, kind = 'plain' }) => {
    const [head = null, ...others] = cells;
    return html`<tr class="${kind}">
      <th scope="row" class="${alignment[0] ?? 'text'}">${head}</th>
      ${others.map((cell, i) => html`<td class="${alignment[i + 1] ?? 'text'}">${cell}</td>`)}
    </tr> `;
  });
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
      <table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ heading }, i) => html`<th scope="col" class="${alignment[i] ?? 'text'}">${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
    ${more !== null && html`<p class="more">${more}</p>`}`;
}

/** The rows a page bears, and how many there are besides. */
export function firstRows<Row>(
  rows: readonly Row[],
  maximum: number,
): { readonly shown: readonly Row[]; readonly more: string | null } {
  const more = rows.length - maximum;
  return {
    shown: rows.slice(0, maximum),
    more:
      more > 0 ? `${formatCount(more)} more ${more === 1 ? 'row is' : 'rows are'} not shown` : null,
  };
}
