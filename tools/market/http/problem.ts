import type { z } from 'zod';

/** One thing wrong with a request, before a market words it as the real one does. */
export interface Problem {
  /** The path into the body; null where the problem is not with one field. */
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
}

/** Everything a schema found wrong. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => ({
    field: issue.path.length === 0 ? null : issue.path.join('.'),
    code: 'validation-error',
    message: issue.message,
  }));
}

/** A problem that is not with one field of the request. */
export function problem(code: string, message: string): Problem {
  return { field: null, code, message };
}
