import { z } from 'zod';
import { Secret } from '../secret.ts';

const expected = 'a secret text on one line, not empty and without white space around it';

/** A secret. A line end that slipped in with it would end up in a request: better said than sent. */
export function secretValue() {
  return z.instanceof(Secret, { error: expected }).refine(
    (secret) => {
      const value = secret.reveal();
      return value !== '' && value === value.trim() && !/\p{Cc}/u.test(value);
    },
    { error: expected },
  );
}
