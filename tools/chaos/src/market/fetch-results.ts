/** How fetch of Node reports a connection that failed. */
export function networkError(
  code: 'ECONNREFUSED' | 'ECONNRESET' | 'ENOTFOUND' | 'UND_ERR_SOCKET',
): TypeError {
  const message = code === 'UND_ERR_SOCKET' ? 'terminated' : 'fetch failed';
  return new TypeError(message, { cause: Object.assign(new Error(code), { code }) });
}

/** A body of which a half arrives; whoever reads on waits for `rest`, which rejects in the end. */
export function halfOfBody(half: string, rest: () => Promise<never>): ReadableStream<Uint8Array> {
  let isRead = false;
  return new ReadableStream(
    {
      async pull(controller) {
        if (isRead) await rest();
        isRead = true;
        controller.enqueue(new TextEncoder().encode(half));
      },
    },
    { highWaterMark: 0 },
  );
}
