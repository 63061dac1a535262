import { MispricedError } from '@mispriced/core';

/** A version is in place, or was, and is not well. */
export function unhealthy(message: string, fix: string, cause?: unknown): MispricedError {
  return new MispricedError({ code: 'DEPLOYMENT_UNHEALTHY', message, fix, cause });
}
