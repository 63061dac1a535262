import { parseStackName } from '../../src/stack.ts';
import { appSettingsIn } from '../app-settings-in.ts';
import type { Rule } from '../rule.ts';

/** A forgotten environment must not be able to spend money, whatever its app is told to be. */
export const liveTradingOnlyInProd: Rule = {
  name: 'live-trading-only-in-prod',
  description: 'Only prod may trade with real money; local trades on a simulated market.',
  check(resource) {
    const stack = parseStackName(resource.stack);
    const kind = typeof stack === 'string' ? null : stack.kind;
    // Previews have a stricter rule of their own.
    if (kind === 'preview') return [];
    const settings = Object.fromEntries(appSettingsIn(resource));
    const mode = settings['MISPRICED__RUN__MODE'];
    if (typeof mode !== 'string' || mode.toLowerCase() !== 'live') return [];
    // The app itself refuses to trade live in the stage local on a market that is not on loopback.
    const mayBeLive = kind === 'prod' || kind === 'local';
    return mayBeLive && settings['MISPRICED__STAGE'] === kind
      ? []
      : ['MISPRICED__RUN__MODE is live, which it may be in the stack prod alone, as stage prod.'];
  },
};
