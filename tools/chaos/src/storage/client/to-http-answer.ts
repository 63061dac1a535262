import { Readable } from 'node:stream';
import type { HttpOperationResponse, WebResource } from '@azure/storage-blob';
import type { StorageAnswer } from '../service/storage-call.ts';

/**
 * The answer as the SDK's own HTTP client would give it: a download as a stream, all else as text.
 *
 * @param cutAfterBytes where the connection ends; null where all arrives
 */
export function toHttpAnswer(
  request: WebResource,
  answer: StorageAnswer,
  cutAfterBytes: number | null,
): HttpOperationResponse {
  // The SDK gives no way to make headers of its kind but to copy some.
  const headers = request.headers.clone();
  for (const name of headers.headerNames()) headers.remove(name);
  for (const [name, value] of Object.entries(answer.headers)) headers.set(name, value);
  const { status } = answer;
  if (!isStreamed(request, status)) {
    return { request, status, headers, bodyAsText: Buffer.from(answer.body).toString('utf8') };
  }
  const stream =
    cutAfterBytes === null
      ? Readable.from(answer.body.length === 0 ? [] : [answer.body], { objectMode: false })
      : cutStream(answer.body.subarray(0, cutAfterBytes));
  return { request, status, headers, readableStreamBody: stream };
}

/** Whether the SDK wants an answer of this status as a stream. */
export function isStreamed(request: WebResource, status: number): boolean {
  return request.streamResponseStatusCodes?.has(status) ?? false;
}

/** What Node's HTTP client gives where the connection ends before the answer does. */
function cutStream(bytes: Uint8Array): Readable {
  let isSent = false;
  return new Readable({
    read() {
      if (!isSent) {
        isSent = true;
        this.push(bytes);
        return;
      }
      this.emit('aborted');
      this.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    },
  });
}
