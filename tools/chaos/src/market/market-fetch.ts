import type { Finish, Host } from '../time/host.ts';
import { networkError } from './fetch-results.ts';
import type { MarketCall } from './market-desk.ts';

const mostRedirects = 20;

/** What `fetch` hands to the market; it finishes when it arrives, or when the client gives up. */
export type SendCall = (sent: {
  readonly host: Host;
  readonly call: MarketCall;
  readonly signal: AbortSignal | null;
  readonly finish: Finish<Response>;
}) => void;

/**
 * `fetch` as a host has it, with the market as the only place in the network. A redirect is followed
 * unless it is told not to: the market redirects to the same address, so that it is asked twice.
 *
 * @param args.origin The market's, such as `https://market.example`.
 */
export function createMarketFetch(args: {
  readonly host: Host;
  readonly origin: string;
  readonly send: SendCall;
}): typeof fetch {
  const { host, origin } = args;
  return async (input, init = {}) => {
    const call = readCall(input, init);
    const signal = init.signal ?? null;
    for (let redirects = 0; ; redirects += 1) {
      const name = `market ${call.method} ${call.url.pathname}`;
      const response = await host.effect<Response>(name, (finish) => {
        if (signal?.aborted === true) finish.reject(signal.reason);
        else if (call.url.origin !== origin) finish.reject(networkError('ENOTFOUND'));
        else args.send({ host, call, signal, finish });
      });
      if (response.status !== 307 || init.redirect === 'manual') return response;
      if (init.redirect === 'error' || redirects === mostRedirects) {
        throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
      }
    }
  };
}

function readCall(input: string | URL | Request, init: RequestInit): MarketCall {
  if (input instanceof Request) {
    throw new TypeError('The market takes an address and an init, not a Request.');
  }
  const { body = '' } = init;
  if (typeof body !== 'string') throw new TypeError('The market takes bodies of text only.');
  return {
    method: init.method ?? 'GET',
    url: new URL(input),
    headers: new Headers(init.headers),
    body,
  };
}
