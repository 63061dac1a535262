import type { HttpRequest } from '@mispriced/loopback-server';
import { type Problem, problem } from './problem.ts';

const limitBytes = 1_000_000;

/** A body as JSON, or what is wrong with it. */
export type JsonBody =
  | { readonly value: unknown; readonly problem: null }
  | { readonly value: null; readonly problem: Problem };

/**
 * Reads a request's body as JSON. What is wrong is a value rather than an error, because a market
 * also logs the orders that it could not read.
 */
export function readJsonBody({ body }: Pick<HttpRequest, 'body'>): JsonBody {
  if (body.length > limitBytes) {
    return refused('too-large', `The body exceeds ${limitBytes} bytes.`);
  }
  try {
    return { value: JSON.parse(body.toString('utf8')), problem: null };
  } catch {
    return refused('invalid-json', 'The body is not JSON.');
  }
}

function refused(code: string, message: string): JsonBody {
  return { value: null, problem: problem(code, message) };
}
