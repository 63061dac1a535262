/** The status and body of one answer. */
export interface Received {
  readonly status: number;
  readonly body: unknown;
}

export const accessKey = 'example-key';
export const accountId = 4321;

/** Speaks to a market over real HTTP. */
export function marketClient(url: string) {
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Received> => {
    const response = await fetch(`${url}${path}`, { method, ...init });
    return { status: response.status, body: await response.json() };
  };
  const headers = { authorization: accessKey, 'content-type': 'application/json' };
  const api = (path: string): string => `/api/investor/v1${path}`;
  return {
    send,
    get: (path: string) => send('GET', api(path), { headers }),
    account: (what: string) => send('GET', api(`/accounts/${accountId}/${what}`), { headers }),
    order: (orders: readonly object[], aid = accountId) =>
      send('POST', api(`/accounts/${accountId}/orders`), {
        headers,
        body: JSON.stringify({ aid, orders }),
      }),
    postOrders: (body: string) =>
      send('POST', api(`/accounts/${accountId}/orders`), { headers, body }),
    setFaults: (faults: unknown) =>
      send('PUT', '/_control/faults', { body: JSON.stringify(faults) }),
    control: (what: string) => send('GET', `/_control/${what}`),
  };
}

export type MarketClient = ReturnType<typeof marketClient>;
