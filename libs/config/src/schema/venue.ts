import { z } from 'zod';
import { serviceUrl } from './addresses.ts';
import { setting } from './setting.ts';
import { numberText, oneOf, pathText, textLike } from './text-values.ts';

export const venueSection = z.strictObject({
  name: setting(oneOf(['lendingclub', 'replay']), {
    about: 'The market: `lendingclub`, or `replay` of an archived listing',
  }),
  url: setting(serviceUrl().optional(), {
    about: 'Address of the market’s API',
    sensitive: true,
  }),
  account_id: setting(
    textLike(/^[A-Za-z0-9_-]{1,64}$/, 'an account’s id (letters, digits, hyphens)').optional(),
    { about: 'The account that trades' },
  ),
  requests_per_second: setting(numberText({ least: 0.01, most: 100 }), {
    about: 'Requests a second the venue allows',
  }),
  timeout_seconds: setting(numberText({ least: 1, most: 300, unit: 'seconds' }), {
    about: 'How long to wait for an answer of the venue',
  }),
  listing: setting(pathText().optional(), {
    about: 'The listing that `replay` serves: a file, or `blob:container/path`',
  }),
});
