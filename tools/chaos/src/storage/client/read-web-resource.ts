import type { WebResource } from '@azure/storage-blob';
import { readCall } from '../service/read-call.ts';
import type { StorageCall } from '../service/storage-call.ts';

/** Understands a request of the SDK. Its bytes are copied, as sending them would. */
export function readWebResource(request: WebResource): StorageCall {
  const headers = new Map(
    Object.entries(request.headers.toJson()).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const body = bytesOf(request.body as unknown);
  return readCall({ method: request.method, url: request.url, headers, body });
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof ArrayBuffer) return Buffer.from(body.slice(0));
  if (ArrayBuffer.isView(body)) {
    return Buffer.from(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  }
  throw new TypeError(
    'The model of storage takes bodies of bytes or text: send streams in one piece, or teach it streams.',
  );
}
