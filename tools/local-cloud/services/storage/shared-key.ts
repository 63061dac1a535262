import { createHmac } from 'node:crypto';

/** What goes into a signature. */
export interface SignedRequest {
  readonly method: string;
  /** As it stands in the request line, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

const signedHeaders = [
  ...['content-encoding', 'content-language', 'content-length', 'content-md5', 'content-type'],
  ...['date', 'if-modified-since', 'if-match', 'if-none-match', 'if-unmodified-since', 'range'],
];

/**
 * The `Authorization` header that opens a storage account with a key.
 *
 * Source: "Authorize with Shared Key" in the storage services' REST reference; tables sign less.
 */
export function sharedKeyAuthorization(args: {
  service: 'blob' | 'queue' | 'table';
  account: string;
  key: string;
  request: SignedRequest;
}): string {
  const text = args.service === 'table' ? tableText(args) : blobText(args);
  const signature = createHmac('sha256', Buffer.from(args.key, 'base64'))
    .update(text, 'utf8')
    .digest('base64');
  return `SharedKey ${args.account}:${signature}`;
}

function blobText(args: { account: string; request: SignedRequest }): string {
  const { request } = args;
  const values = signedHeaders.map((name) => {
    const value = request.headers[name] ?? '';
    return name === 'content-length' && value === '0' ? '' : value;
  });
  const extensions = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('x-ms-'))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${value.trim()}\n`)
    .join('');
  const query = [...new Set(request.query.keys())]
    .map((name) => [name.toLowerCase(), request.query.getAll(name).sort().join(',')] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `\n${name}:${value}`)
    .join('');
  const resource = `/${args.account}${request.path}${query}`;
  return [request.method, ...values].join('\n') + `\n${extensions}${resource}`;
}

function tableText(args: { account: string; request: SignedRequest }): string {
  const { method, headers, path, query } = args.request;
  const component = query.get('comp');
  return [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers['x-ms-date'] ?? headers['date'] ?? '',
    `/${args.account}${path}${component === null ? '' : `?comp=${component}`}`,
  ].join('\n');
}
