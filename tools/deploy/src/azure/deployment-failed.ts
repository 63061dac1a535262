import { MispricedError } from '@mispriced/core';

/** Azure did not do what was asked. */
export function deploymentFailed(message: string, fix: string, cause?: unknown): MispricedError {
  return new MispricedError({ code: 'DEPLOYMENT_FAILED', message, fix, retryable: true, cause });
}
