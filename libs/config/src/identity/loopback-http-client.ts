import type { HttpClient } from '@azure/core-rest-pipeline';
import { isLoopbackHost } from '@mispriced/core/domain/loopback';

/**
 * The Azure SDKs insist on https for tokens and secrets. A stand-in on this very machine needs no
 * certificate: this client lets the SDK believe in https and speaks http, to loopback addresses alone.
 */
async function loopbackHttpClient(): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import('@azure/core-rest-pipeline');
  const client = createDefaultHttpClient();
  return {
    sendRequest: (request) => {
      const url = new URL(request.url);
      if (!isLoopbackHost(url.hostname)) return client.sendRequest(request);
      url.protocol = 'http:';
      return client.sendRequest({ ...request, url: url.href, allowInsecureConnection: true });
    },
  };
}

/** How an SDK's client reaches a service: the address to give it, and the client to send by. */
export interface Transport {
  /** Always https. */
  readonly url: string;
  readonly httpClient?: HttpClient;
}

/** Prepares the way to a service whose address is https, or http on this machine. */
export async function transportTo(
  address: string,
  httpClient: HttpClient | undefined,
): Promise<Transport> {
  if (httpClient) return { url: address, httpClient };
  const url = new URL(address);
  if (url.protocol !== 'http:' || !isLoopbackHost(url.hostname)) return { url: address };
  url.protocol = 'https:';
  return { url: url.href.replace(/\/$/, ''), httpClient: await loopbackHttpClient() };
}
