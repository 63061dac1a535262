import { z } from 'zod';
import { secretName } from './own-data.ts';
import { secretValue } from './secret-value.ts';
import { setting } from './setting.ts';

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
