import { z } from 'zod';
import { secretValue } from '../secret.ts';
import { setting } from './keys.ts';

/** The name under `secrets` by which a strategy’s own secret is known. */
export const secretName = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** The secrets that only the strategy’s own code knows. */
export const secretsSetting = setting(
  z.record(
    z.string().regex(secretName, {
      error: 'a map whose names are lower-case words joined by single underscores',
    }),
    secretValue(),
  ),
  {
    about: 'The strategy’s own secrets, by name, for its own code and for `own_data`',
    kind: 'map',
    secret: true,
  },
);
