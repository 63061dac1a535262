import { isA, objectAt, type Rule } from '../rule.ts';

/** A forgotten preview must not be able to spend money. */
export const liveTradingOnlyInProd: Rule = {
  name: 'live-trading-only-in-prod',
  description: 'Only prod may trade with real money; local trades on a simulated market.',
  check(resource) {
    if (!isA(resource, 'web:WebAppApplicationSettings')) return [];
    const settings = objectAt(resource.props, 'properties');
    const mode = settings['MISPRICED__RUN__MODE'];
    return typeof mode === 'string' &&
      mode.toLowerCase() === 'live' &&
      // The app itself refuses to trade live in this stage on a market that is not on loopback.
      settings['MISPRICED__STAGE'] !== 'local' &&
      settings['MISPRICED__STAGE'] !== 'prod'
      ? ['MISPRICED__RUN__MODE is live, which it may be where MISPRICED__STAGE is prod alone.']
      : [];
  },
};
