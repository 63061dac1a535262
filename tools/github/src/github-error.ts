import { MispricedError } from '@mispriced/core';

/** The status GitHub answered with; null where the error is not one of its answers. */
export function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' ? status : null;
}

/**
 * What went wrong with a request, for people: GITHUB_UNAVAILABLE where it may pass (no answer, 5xx,
 * too many requests) and can be tried again, GITHUB_REFUSED otherwise.
 */
export function gitHubError(args: {
  error: unknown;
  /** What was being done, such as `reading the comments`. */
  what: string;
  /** The repository, and at which GitHub. */
  where: string;
  /** What to do about a refusal. */
  fix: string;
}): MispricedError {
  const { error, what, where, fix } = args;
  const status = statusOf(error);
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  // Octokit gives 500 to a request that had no answer.
  if (status === null || status >= 500 || status === 429 || isLimited(error)) {
    return new MispricedError({
      code: 'GITHUB_UNAVAILABLE',
      message: `${capital(what)} of ${where} failed: ${said}`,
      fix: 'Try again later: what is there is found again, and nothing is written twice.',
      retryable: true,
      cause: error,
    });
  }
  return new MispricedError({
    code: 'GITHUB_REFUSED',
    message: `GitHub refused ${what} of ${where} with ${status}: ${said}`,
    fix,
    cause: error,
  });
}

/** GitHub answers 403 and 429 alike where too much was asked. */
function isLimited(error: unknown): boolean {
  return error instanceof Error && /rate limit/i.test(error.message);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
