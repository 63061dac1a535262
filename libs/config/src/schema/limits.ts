import { z } from 'zod';
import { setting } from './setting.ts';
import { moneyText, shareText } from './text-values.ts';

export const limitsSection = z.strictObject({
  cash: setting(moneyText().optional(), {
    about: 'Dollars to use at most, where the venue’s cash is not to be used whole',
  }),
  per_order: setting(moneyText('a cent'), { about: 'Dollars in one order at most' }),
  per_run: setting(moneyText(), { about: 'Dollars in one run at most' }),
  per_group: setting(z.record(z.string(), moneyText()), {
    about: 'Dollars in one run at most for each group (a group is the term, such as 36)',
    kind: 'map',
  }),
  listing_share: setting(shareText(), { about: 'Share of one listing at most' }),
  minimum_order: setting(moneyText(), { about: 'Dollars below which no order is sent' }),
  step: setting(moneyText('a cent'), { about: 'Dollars of which every order is a multiple' }),
});
