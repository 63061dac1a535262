import type { OperationResult } from './operation.ts';
import type { StorageAnswer, StorageCall } from './storage-call.ts';
import type { StorageRefusal } from './storage-refusal.ts';
import { textInXml } from './text-in-xml.ts';

/** Which request is answered, and when. */
interface Answered {
  readonly id: string;
  readonly at: Date;
  readonly call: StorageCall;
}

/** What was done, as an answer. */
export function answerOf(result: OperationResult, answered: Answered): StorageAnswer {
  return {
    status: result.status,
    headers: { ...commonHeaders(answered), ...result.headers },
    body: result.body ?? Buffer.alloc(0),
    code: null,
    changed: result.changed,
  };
}

/**
 * What was not done, as an answer: a code in a header and, but for a HEAD request, in a body of XML.
 * https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2
 */
export function refusalOf(refusal: StorageRefusal, answered: Answered): StorageAnswer {
  const message = `${refusal.message}\nRequestId:${answered.id}\nTime:${answered.at.toISOString()}`;
  const elements = Object.entries({ Code: refusal.code, Message: message, ...refusal.details });
  const xml = elements.map(([name, text]) => `<${name}>${textInXml(text)}</${name}>`).join('');
  const body = Buffer.from(`<?xml version="1.0" encoding="utf-8"?><Error>${xml}</Error>`);
  const isHead = answered.call.method === 'HEAD';
  return {
    status: refusal.status,
    headers: {
      ...commonHeaders(answered),
      'x-ms-error-code': refusal.code,
      ...(!isHead && {
        'content-type': 'application/xml',
        'content-length': String(body.length),
      }),
    },
    body: isHead ? Buffer.alloc(0) : body,
    code: refusal.code,
    changed: false,
  };
}

function commonHeaders({ id, at, call }: Answered): Record<string, string> {
  const clientId = call.headers.get('x-ms-client-request-id');
  return {
    date: at.toUTCString(),
    server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
    'x-ms-request-id': id,
    'x-ms-version': call.headers.get('x-ms-version') ?? '',
    ...(clientId !== undefined && { 'x-ms-client-request-id': clientId }),
  };
}
