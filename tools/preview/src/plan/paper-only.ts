import type { Rule } from '@mispriced/infra/policy';

/**
 * A preview is told that it is one, and that it trades on paper. Other rules let a stage trade live
 * that calls itself prod; here the stack's name is known, so nothing it says of itself can help.
 */
export const paperOnly: Rule = {
  name: 'previews-on-paper',
  description: 'A preview trades on paper, and its app knows that it is a preview.',
  check({ type, props }) {
    if (type !== 'azure-native:web:WebAppApplicationSettings') return [];
    const settings = (props['properties'] ?? {}) as Readonly<Record<string, unknown>>;
    const wanted = { MISPRICED__STAGE: 'preview', MISPRICED__RUN__MODE: 'paper' };
    return Object.entries(wanted).flatMap(([name, value]) =>
      settings[name] === value ? [] : [`${name} has to be ${value}.`],
    );
  },
};
