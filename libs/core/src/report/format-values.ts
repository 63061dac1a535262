import { formatMoney, type Money } from '../domain/money.ts';
import { html, type Html } from './html.ts';

/** A true minus sign is as wide as a plus, so that columns of numbers line up. */
function withMinus(text: string): string {
  return text.replace('-', '\u2212');
}

function grouped(text: string): string {
  return text.replace(/\d(?=(\d{3})+(\.|$))/g, '$&,');
}

export function formatCount(count: number): string {
  return withMinus(grouped(String(count)));
}

/** `1 security`, `2 securities`. */
export function formatCountOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Dollars, from an exact amount or its text with two decimals. */
export function formatDollars(amount: Money | string): string {
  const text = typeof amount === 'string' ? amount : formatMoney(amount);
  return text.startsWith('-') ? `\u2212$${grouped(text.slice(1))}` : `$${grouped(text)}`;
}

/** A probability in percent, one decimal. */
export function formatPercent(share: number | null): string {
  return share === null ? '' : `${withMinus((share * 100).toFixed(1))}\u00A0%`;
}

/** A difference of probabilities in percentage points, with its sign. */
export function formatPoints(difference: number | null): string {
  if (difference === null) return '';
  const points = (difference * 100).toFixed(1);
  return Number(points) > 0 ? `+${points}` : withMinus(points);
}

/** A moment to the minute; text that is no moment as it stands. */
export function formatMoment(text: string): Html {
  const time = Date.parse(text);
  if (Number.isNaN(time)) return html`${text}`;
  const iso = new Date(time).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}
