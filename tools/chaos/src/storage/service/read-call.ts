import type { StorageOperation } from '../storage-operation.ts';
import type { StorageCall } from './storage-call.ts';

/** Understands an HTTP request to `https://<account>.blob.core.windows.net/<container>/<blob>`. */
export function readCall(request: {
  method: string;
  url: string;
  headers: ReadonlyMap<string, string>;
  body: Uint8Array;
}): StorageCall {
  const { method, headers, body } = request;
  const url = new URL(request.url);
  const [container = '', ...names] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  const blob = names.join('/');
  const query = url.searchParams;
  const operation = operationOf({ method, query, headers, isBlob: blob !== '' });
  const path = operation === 'list-blobs' ? (query.get('prefix') ?? '') : blob;
  return { operation, method, container, path, query, headers, body };
}

function operationOf(request: {
  method: string;
  query: URLSearchParams;
  headers: ReadonlyMap<string, string>;
  isBlob: boolean;
}): StorageOperation {
  const { method, query, headers, isBlob } = request;
  const component = query.get('comp') ?? '';
  const asked = `${method} ${isBlob ? 'blob' : (query.get('restype') ?? 'account')} ${component}`;
  switch (asked.trimEnd()) {
    case 'PUT container':
      return 'create-container';
    case 'GET container list':
      return 'list-blobs';
    case 'GET blob':
      return 'get-blob';
    case 'HEAD blob':
      return 'get-blob-properties';
    case 'PUT blob appendblock':
      return 'append-block';
    case 'PUT blob':
      return putOf(headers);
    case 'PUT blob lease':
      return leaseOf(headers);
    default:
      return 'not-simulated';
  }
}

/** Other ways to put a blob, by copying or from a URL, name their source in a header. */
function putOf(headers: ReadonlyMap<string, string>): StorageOperation {
  if (headers.has('x-ms-copy-source')) return 'not-simulated';
  switch (headers.get('x-ms-blob-type')) {
    case 'BlockBlob':
      return 'put-block-blob';
    case 'AppendBlob':
      return 'put-append-blob';
    default:
      return 'not-simulated';
  }
}

function leaseOf(headers: ReadonlyMap<string, string>): StorageOperation {
  switch (headers.get('x-ms-lease-action')) {
    case 'acquire':
      return 'acquire-lease';
    case 'renew':
      return 'renew-lease';
    case 'release':
      return 'release-lease';
    case 'break':
      return 'break-lease';
    default:
      return 'not-simulated';
  }
}
