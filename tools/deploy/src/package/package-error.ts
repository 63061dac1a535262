import { MispricedError } from '@mispriced/core';

/** A package that cannot be built, or that must not be sent. */
export function packageRefused(message: string, fix: string, cause?: unknown): MispricedError {
  return new MispricedError({ code: 'PACKAGE_REFUSED', message, fix, cause });
}
