import { z } from 'zod';
import { setting } from './setting.ts';
import { nameText, pathText } from './text-values.ts';

export const modelSection = z.strictObject({
  name: setting(nameText('loan-risk'), {
    about: 'Name of the model in the registry; the live pointer of the stage says which version',
  }),
  directory: setting(pathText().optional(), {
    about: 'A bundle’s folder to use in place of the registry',
  }),
});
