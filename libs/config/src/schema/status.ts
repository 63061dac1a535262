import { z } from 'zod';
import { setting } from './setting.ts';
import { numberText } from './text-values.ts';

export const statusSection = z.strictObject({
  runs_shown: setting(numberText({ least: 1, most: 200, whole: true }), {
    about: 'How many of the last runs the status page shows',
  }),
});
