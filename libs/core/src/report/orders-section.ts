import type { OrderOutcome, OrderResult } from '../domain/order.ts';
import { formatDollars } from './format-values.ts';
import { html, type Html } from './html.ts';
import type { ReportInput } from './report-input.ts';
import { firstRows, table } from './table.ts';

const rowsShown = 200;

const outcomeWords: Readonly<Record<OrderOutcome, string>> = {
  filled: 'filled',
  rounded: 'filled, rounded by the venue',
  'partly-filled': 'partly filled',
  refused: 'refused',
  unknown: 'not known',
};

/** What an order bought; an order of unknown fate is never shown as none. */
function boughtOf(result: OrderResult | null): string {
  if (result === null) return '';
  return result.outcome === 'unknown' ? 'not known' : formatDollars(result.filled);
}

/** What was ordered and what the venue said. */
export function ordersSection({ orders, summary }: ReportInput): Html {
  const { shown, more } = firstRows(orders, rowsShown);
  const rows = shown.map(({ intent, result }) => ({
    kind: result?.outcome ?? 'unsent',
    cells: [
      html`<bdi>${intent.listingId}</bdi>`,
      html`<bdi>${intent.group}</bdi>`,
      formatDollars(intent.amount),
      boughtOf(result),
      html`<span class="badge">${result ? outcomeWords[result.outcome] : 'not sent'}</span>`,
      html`<bdi>${result?.venueStatuses.join(', ') ?? ''}</bdi>`,
      html`<code title="${intent.orderId}">${intent.orderId.slice(0, 8)}</code>`,
    ],
  }));
  const unknown = orders.some(({ result }) => result?.outcome === 'unknown');
  return html`<section aria-labelledby="orders">
    <h2 id="orders">Orders</h2>
    ${unknown && html`<p class="notice warning">An order whose outcome is not known may have been filled. Nothing more is bought until the venue was read back.</p>`}
    ${
      orders.length === 0
        ? html`<p class="empty">No order was written.</p>`
        : table({
            caption:
              summary.mode === 'paper'
                ? 'Orders on paper, none of them sent'
                : 'Orders and their outcomes',
            columns: [
              { heading: 'Security' },
              { heading: 'Group' },
              { heading: 'Ordered', numeric: true },
              { heading: 'Bought', numeric: true },
              { heading: 'Outcome' },
              { heading: 'In the venue’s words' },
              { heading: 'Order' },
            ],
            rows,
            more:
              more &&
              `${more}; the ledger has every order: ${summary.ledger ?? 'it was not written'}.`,
          })
    }
  </section>`;
}
