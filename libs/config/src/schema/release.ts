import { z } from 'zod';
import { setting } from './setting.ts';
import { textLike } from './text-values.ts';

export const releaseSection = z.strictObject({
  commit: setting(textLike(/^[0-9a-f]{7,40}$/, 'a commit’s hash').optional(), {
    about: 'Commit that was deployed; the deployment sets it',
  }),
  package: setting(textLike(/^[0-9a-f]{64}$/, 'a package’s SHA-256').optional(), {
    about: 'SHA-256 of the package that was deployed; the deployment sets it',
  }),
});
