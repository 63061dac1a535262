const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const messages = 'Microsoft.Storage/storageAccounts/queueServices/queues/messages';
const entities = 'Microsoft.Storage/storageAccounts/tableServices/tables/entities';

/** What is done with the data of an account. */
export interface DataRequest {
  readonly service: 'blob' | 'queue' | 'table';
  readonly method: string;
  /** Below the account: `/container/blob`. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * The data actions any of which lets a request through. Containers and queues themselves are held
 * to the same actions as what is in them: stricter than Azure for roles that manage accounts, the
 * same for the storage data roles.
 */
export function neededDataActions(request: DataRequest): readonly string[] {
  if (request.service === 'queue') return queueActions(request);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (request.service === 'table') {
    if (isRead) return [`${entities}/read`];
    return [`${entities}/${request.method === 'DELETE' ? 'delete' : 'write'}`];
  }
  if (isRead) return [`${blobs}/read`];
  if (request.method === 'DELETE') return [`${blobs}/delete`];
  return [`${blobs}/write`];
}

/** The container's resource id below its account's, for assignments to one container alone. */
export function dataScope(accountId: string, request: DataRequest): string {
  const name = request.path.split('/').find((part) => part !== '');
  if (name === undefined || request.service === 'table') return accountId;
  return request.service === 'blob'
    ? `${accountId}/blobServices/default/containers/${decodeURIComponent(name)}`
    : `${accountId}/queueServices/default/queues/${decodeURIComponent(name)}`;
}

function queueActions(request: DataRequest): readonly string[] {
  const { method, query } = request;
  const [, kind, message] = request.path.split('/').filter((part) => part !== '');
  if (kind !== 'messages') {
    const verbs: Readonly<Record<string, string>> = { GET: 'read', HEAD: 'read', DELETE: 'delete' };
    return [`${messages}/${verbs[method] ?? 'write'}`];
  }
  if (method === 'GET') {
    return query.get('peekonly') === 'true' ? [`${messages}/read`] : [`${messages}/process/action`];
  }
  if (method === 'POST') return [`${messages}/add/action`, `${messages}/write`];
  if (method === 'DELETE') {
    return message === undefined ? [`${messages}/delete`] : [`${messages}/process/action`];
  }
  return [`${messages}/write`];
}
