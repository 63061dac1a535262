import type { KeyName } from '../account/storage-account.ts';

/** One thing to do. Each can be done again without harm. */
export type Step =
  | { readonly do: 'renew-key'; readonly key: KeyName }
  | { readonly do: 'prove-key'; readonly key: KeyName }
  | {
      readonly do: 'move-secret';
      readonly vaultName: string;
      readonly secretName: string;
      readonly to: KeyName;
    }
  /** All settings of one app at once: each write of them starts it anew. */
  | {
      readonly do: 'move-settings';
      readonly appName: string;
      readonly settings: readonly string[];
      readonly to: KeyName;
    }
  | {
      readonly do: 'move-app';
      readonly appName: string;
      readonly to: KeyName;
      /** Whether the app also has to be well, and not only to have the key. */
      readonly mustBeWell: boolean;
    }
  /** Every key that was one of the account's before opens nothing. */
  | { readonly do: 'prove-dead' };

/** A step in words, the same each time: the journal names it so. */
export function stepText(step: Step): string {
  switch (step.do) {
    case 'renew-key':
      return `regenerate ${step.key}, which nothing uses`;
    case 'prove-key':
      return `prove that ${step.key} opens the account`;
    case 'move-secret':
      return `write ${step.to} to the secret ${step.secretName} of ${step.vaultName}`;
    case 'move-settings':
      return `move ${settingsText(step.settings)} of ${step.appName} to ${step.to}`;
    case 'move-app':
      return `have ${step.appName} fetch ${step.to} and write with it`;
    case 'prove-dead':
      return 'prove that the keys of before open nothing';
  }
}

function settingsText(settings: readonly string[]): string {
  return `the setting${settings.length === 1 ? '' : 's'} ${settings.join(' and ')}`;
}
