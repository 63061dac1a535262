import type { Stack } from './stack.ts';

/**
 * The suffix that Pulumi's auto-naming adds: eight hexadecimal digits. It makes names unique in all
 * of Azure, and lets a deleted vault keep its name for as long as its soft delete lasts.
 */
export const suffixLength = 8;

interface NameRule {
  maximumLength: number;
  /** What is left of a name is put together from these words. */
  words: readonly string[];
  separator: '-' | '';
}

/** Each service's own limit, from Azure's "Naming rules and restrictions for resources". */
const rules = {
  resourceGroup: { maximumLength: 90, words: ['mispriced'], separator: '-' },
  storageAccount: { maximumLength: 24, words: ['mp'], separator: '' },
  keyVault: { maximumLength: 24, words: ['mp'], separator: '-' },
  identity: { maximumLength: 128, words: ['mispriced', 'app'], separator: '-' },
  plan: { maximumLength: 60, words: ['mispriced', 'plan'], separator: '-' },
  // Azure allows 60, but the host's id, by which apps share a storage account, is the first 32.
  app: { maximumLength: 32, words: ['mispriced'], separator: '-' },
  workspace: { maximumLength: 63, words: ['mispriced', 'logs'], separator: '-' },
  applicationInsights: { maximumLength: 260, words: ['mispriced', 'insights'], separator: '-' },
  budget: { maximumLength: 63, words: ['mispriced', 'budget'], separator: '-' },
} as const satisfies Record<string, NameRule>;

/** A service whose names are made here. */
export type NamedService = keyof typeof rules;

/**
 * The name that a resource has in the program and that its name in Azure begins with: it says what
 * and whose it is and leaves room for the suffix. Throws a RangeError should it ever not fit.
 */
export function resourceName(service: NamedService, stack: Stack): string {
  const rule: NameRule = rules[service];
  const stackWord = rule.separator === '' ? stack.name.replaceAll('-', '') : stack.name;
  // The separator before the random suffix keeps the stack's name readable.
  const name = [...rule.words, stackWord, ''].join(rule.separator);
  if (name.length + suffixLength > rule.maximumLength) {
    throw new RangeError(`"${name}" and its suffix are longer than ${rule.maximumLength}.`);
  }
  return name;
}
