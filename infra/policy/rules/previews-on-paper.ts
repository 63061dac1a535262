import { parseStackName } from '../../src/stack.ts';
import { isA, objectAt, type Rule } from '../rule.ts';

/**
 * Another rule lets a stage trade live that calls itself prod; here the stack's name counts, so that
 * nothing a preview says of itself can help it.
 */
export const previewsOnPaper: Rule = {
  name: 'previews-on-paper',
  description: 'A preview trades on paper, and its app knows that it is a preview.',
  check(resource) {
    const stack = parseStackName(resource.stack);
    if (typeof stack === 'string' || stack.kind !== 'preview') return [];
    if (!isA(resource, 'web:WebAppApplicationSettings')) return [];
    const settings = objectAt(resource.props, 'properties');
    const wanted = { MISPRICED__STAGE: 'preview', MISPRICED__RUN__MODE: 'paper' };
    return Object.entries(wanted).flatMap(([name, value]) =>
      settings[name] === value ? [] : [`${name} has to be ${value}.`],
    );
  },
};
