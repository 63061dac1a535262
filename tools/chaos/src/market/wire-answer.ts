import { answer, type HttpResponse } from '@mispriced/loopback-server';
import { refusal } from '@mispriced/market/lendingclub/parts';
import type { GivenKind } from './market-history.ts';

/** What goes over the wire. `half` is all of a body that arrives. */
export type WireAnswer =
  | {
      readonly form: 'whole';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly form: 'cut-off' | 'stalled'; readonly status: number; readonly half: string }
  | { readonly form: 'connection-refused' }
  | { readonly form: 'reset' }
  | { readonly form: 'silence' };

const json = { 'content-type': 'application/json;charset=UTF-8' };
const html = { 'content-type': 'text/html' };

/**
 * The answer of a kind.
 *
 * @param args.own What the market has to say about the request itself.
 * @param args.url Of the request: a redirect leads back to it, so that following it asks twice.
 */
export function wireAnswer(args: {
  readonly kind: GivenKind;
  readonly own: HttpResponse;
  readonly url: string;
}): WireAnswer {
  const { kind, own } = args;
  const text = JSON.stringify(own.body);
  const half = text.slice(0, text.length / 2);
  const inWords = (status: number, code: string, message: string): WireAnswer =>
    wholeAnswer(refusal(status, code, message));
  switch (kind) {
    case 'own':
    case 'access-refused':
    case 'busy':
      return wholeAnswer(own);
    case 'other-amount':
      return wholeAnswer({ ...own, body: withOtherAmounts(own.body) });
    case 'connection-refused':
    case 'reset':
    case 'silence':
      return { form: kind };
    case 'cut-off':
    case 'stalled':
      return { form: kind, status: own.status, half };
    case 'malformed':
      return { form: 'whole', status: own.status, headers: json, body: half };
    case 'redirect':
      return { form: 'whole', status: 307, headers: { location: args.url }, body: '' };
    case 'forbidden-page':
      return page(403, 'This request was blocked by a security rule.');
    case 'unavailable':
      return page(503, 'The service is down for maintenance.');
    case 'broken':
      return inWords(500, 'internal-error', 'Something went wrong.');
    case 'too-many':
    case 'over-pace':
      return inWords(429, 'too-many-requests', 'One request a second is allowed.');
    case 'refused-otherwise':
      return inWords(400, 'order-error', 'The orders could not be completed.');
    case 'refused-in-words':
      return inWords(400, 'validation-error', 'The orders are not valid.');
    case 'closed':
      return inWords(400, 'validation-error', 'Orders are not taken at this hour.');
    case 'key-refused':
      return inWords(403, 'forbidden', 'The API key is not valid.');
  }
}

function wholeAnswer(response: HttpResponse): WireAnswer {
  const body = JSON.stringify(response.body);
  return { form: 'whole', status: response.status, headers: json, body };
}

/** The answer to an order for 25 dollars more than was asked for. */
function withOtherAmounts(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('orderConfirmations' in body)) return body;
  const { orderConfirmations } = body as { orderConfirmations: { requestedAmount: number }[] };
  const others = orderConfirmations.map((each) => ({
    ...each,
    requestedAmount: each.requestedAmount + 25,
  }));
  return { ...body, orderConfirmations: others };
}

function page(status: number, words: string): WireAnswer {
  const body = `<html><head><title>${status}</title></head><body><h1>${words}</h1></body></html>`;
  return { form: 'whole', status, headers: html, body };
}

/** The answer to what the market does not serve. */
export function notServed(method: string, path: string): HttpResponse {
  return answer(501, { errors: [{ code: 'not-implemented', message: `No ${method} ${path}.` }] });
}
