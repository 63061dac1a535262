import { z } from 'zod';
import { setting } from './setting.ts';
import { dateText, numberText, oneOf } from './text-values.ts';

export const runSection = z.strictObject({
  mode: setting(oneOf(['paper', 'live']), {
    about: '`paper` sends no order, a fill model stands in; `live` spends money',
  }),
  threshold: setting(numberText({ least: 0, most: 1 }), {
    about: 'T: buy where q - r is below -T',
  }),
  late_policy: setting(oneOf(['run', 'skip', 'paper']), {
    about: 'What a run does that starts late: trade all the same, skip the day, or trade on paper',
  }),
  late_after_seconds: setting(
    numberText({ least: 0, most: 86_400, whole: true, unit: 'seconds' }),
    { about: 'How long after its slot a run counts as late' },
  ),
  timeout_seconds: setting(numberText({ least: 10, most: 3600, whole: true, unit: 'seconds' }), {
    about: 'How long a run may take; it stops before its next order then',
  }),
  as_of: setting(dateText().optional(), {
    about: 'The day the run pretends it is, for replays and tests',
  }),
});
