import type { z } from 'zod';
import type { Answer } from './answer.ts';

/** One thing wrong with a request, in the shape of LendingClub's error objects. */
export interface ApiProblem {
  /** The path into the body; null where the problem is not with one field. */
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
}

/** Everything a schema found wrong, in the API's shape. */
export function problemsOf(error: z.ZodError): ApiProblem[] {
  return error.issues.map((issue) => ({
    field: issue.path.length === 0 ? null : issue.path.join('.'),
    code: 'validation-error',
    message: issue.message,
  }));
}

/** An answer that says what is wrong, as LendingClub's 400 does. */
export function errorAnswer(status: number, problems: readonly ApiProblem[]): Answer {
  return { status, body: { errors: problems } };
}

/** An error that is not about one field of the request. */
export function refusal(status: number, code: string, message: string): Answer {
  return errorAnswer(status, [{ field: null, code, message }]);
}
