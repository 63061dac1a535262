import { isA, type Rule } from '../rule.ts';

/** Types by which what the other rules look at could be said somewhere else, and why not to. */
const refused: Readonly<Record<string, string>> = {
  'keyvault:AccessPolicy':
    'who may read secrets stands in the vault itself, all of it in one place.',
  'keyvault:Secret': 'a value would stand in the state; npx mispriced secrets set writes it.',
  'web:WebAppConnectionStrings': 'what the app reaches it reaches as itself, by its app settings.',
  'web:WebAppConnectionStringsSlot':
    'what the app reaches it reaches as itself, by its app settings.',
};

/** A rule that looks at one type is no use where another does the same. */
export const noSideDoors: Rule = {
  name: 'no-side-doors',
  description: 'No policy beside the vault, no secret in the state, no connection strings.',
  check(resource) {
    return Object.entries(refused)
      .filter(([type]) => isA(resource, type))
      .map(([type, why]) => `${type} must not be used: ${why}`);
  },
};
