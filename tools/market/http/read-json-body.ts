import type { IncomingMessage } from 'node:http';
import type { ApiProblem } from './api-problem.ts';

const limitBytes = 1_000_000;

/** A body as JSON, or what is wrong with it. */
export type JsonBody =
  | { readonly value: unknown; readonly problem: null }
  | { readonly value: null; readonly problem: ApiProblem };

export async function readJsonBody(request: IncomingMessage): Promise<JsonBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= limitBytes) chunks.push(chunk);
  }
  if (size > limitBytes) return refused('too-large', `The body exceeds ${limitBytes} bytes.`);
  try {
    return { value: JSON.parse(Buffer.concat(chunks).toString('utf8')), problem: null };
  } catch {
    return refused('invalid-json', 'The body is not JSON.');
  }
}

function refused(code: string, message: string): JsonBody {
  return { value: null, problem: { field: null, code, message } };
}
