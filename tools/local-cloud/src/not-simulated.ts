import { HttpError } from '@mispriced/loopback-server';

/** The answer to what Azure has and this double has not: 501, naming it, never a made-up success. */
export function notSimulated(what: string): HttpError {
  return new HttpError({
    status: 501,
    code: 'NotSimulated',
    message: `The local cloud does not simulate ${what}. SUPPORT.md lists what it does.`,
  });
}
