import type { StorageOperation } from '../storage-operation.ts';
import type { StorageCall } from './storage-call.ts';
import { StorageRefusal } from './storage-refusal.ts';

/** What every request carries and nothing depends on. */
const plainHeaders = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'content-length',
  'content-type',
  'date',
  'user-agent',
  'x-ms-client-request-id',
  'x-ms-date',
  'x-ms-version',
]);

const conditions = ['if-match', 'if-none-match', 'x-ms-lease-id'];

/** The headers that each operation understands; one that it would not heed is refused, not ignored. */
const understood: Readonly<Record<StorageOperation, readonly string[]>> = {
  'create-container': [],
  'list-blobs': [],
  'put-block-blob': [...conditions, 'x-ms-blob-type', 'x-ms-blob-content-type'],
  'put-append-blob': [...conditions, 'x-ms-blob-type', 'x-ms-blob-content-type'],
  'append-block': [
    'if-match',
    'x-ms-lease-id',
    'x-ms-blob-condition-appendpos',
    'x-ms-blob-condition-maxsize',
  ],
  'get-blob': [...conditions, 'range', 'x-ms-range'],
  'get-blob-properties': conditions,
  'acquire-lease': ['x-ms-lease-action', 'x-ms-lease-duration', 'x-ms-proposed-lease-id'],
  'renew-lease': ['x-ms-lease-action', 'x-ms-lease-id'],
  'release-lease': ['x-ms-lease-action', 'x-ms-lease-id'],
  'break-lease': ['x-ms-lease-action', 'x-ms-lease-break-period'],
  'not-simulated': [],
};

const parameters = new Set(['comp', 'restype', 'timeout', 'prefix', 'marker', 'maxresults']);

/**
 * Throws a refusal with status 501 for all that the model does not serve: an operation, a header or
 * a parameter, by name. So no condition is passed over in silence.
 */
export function checkServed(call: StorageCall): void {
  const header = [...call.headers.keys()].find(
    (name) => !plainHeaders.has(name) && !understood[call.operation].includes(name),
  );
  const parameter = [...call.query.keys()].find((name) => !parameters.has(name));
  if (call.operation !== 'not-simulated' && header === undefined && parameter === undefined) return;
  const what = call.operation === 'not-simulated' ? 'This request' : call.operation;
  const part =
    call.operation === 'not-simulated'
      ? ''
      : header === undefined
        ? ` with the parameter ${String(parameter)}`
        : ` with the header ${header}`;
  const query = call.query.size === 0 ? '' : `?${call.query.toString()}`;
  throw new StorageRefusal('NotSimulated', {
    Asked: `${what}${part}: ${call.method} ${call.container}/${call.path}${query}`,
  });
}
