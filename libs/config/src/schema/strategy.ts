import { z } from 'zod';
import { setting } from './setting.ts';
import { nameText } from './text-values.ts';

export const strategySection = z.strictObject({
  name: setting(nameText('mispriced'), {
    about: 'Name of the strategy: the first part of every run id, and the ledger’s folder',
  }),
});
