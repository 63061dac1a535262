import { Secret } from '@mispriced/config';
import type { StorageAccount } from '../account/storage-account.ts';
import { isReference, parseReference, type KeyVaultReference } from '@mispriced/azure';
import type { SettingConsumer } from './consumer.ts';
import { heldIn } from './held-in.ts';
import type { Referred } from './readings.ts';

interface Asked {
  readonly account: StorageAccount;
  readonly former: readonly Secret[];
  readonly appName: string;
  readonly setting: string;
  readonly text: string;
  /** Where it refers to what is not the newest version of a secret in the stack's vaults. */
  readonly referred: Referred | undefined;
  /** The reference that infra gives it; null for a setting that is not the stack's own. */
  readonly shouldBe: string | null;
}

/** What a setting holds of an account's keys, itself or by what it refers to. */
export function settingConsumer(asked: Asked): SettingConsumer[] {
  const { account, former, text, shouldBe } = asked;
  if (isReference(text)) return referring(asked);
  const held = heldIn(text, account, former);
  if (held !== null) {
    const immovable = shouldBe === null ? held.immovable : null;
    return [{ ...common(asked), ...held, immovable, value: new Secret(text) }];
  }
  if (shouldBe === null || opensAnother(text)) return [];
  return [garbage(asked)];
}

function referring(asked: Asked): SettingConsumer[] {
  const { account, former, text, referred, shouldBe } = asked;
  const reference = parseReference(text);
  if (reference === null) return shouldBe === null ? [] : [garbage(asked)];
  // The secret itself is what holds the key.
  if (referred === undefined) return [];
  if ('unread' in referred) {
    const immovable = `the secret ${reference.secretName} of the vault ${reference.vault.name}, to which it refers, could not be read and may hold a key (${referred.unread})`;
    return [{ ...common(asked), holds: 'unseen', immovable, value: null }];
  }
  const held = referred.value === null ? null : heldIn(referred.value.reveal(), account, former);
  if (held === null) {
    return shouldBe !== null && reference.version !== null ? [garbage(asked)] : [];
  }
  // The stack's own settings have a form to go back to.
  const immovable = shouldBe === null ? whyFixed(reference) : null;
  return [{ ...common(asked), holds: held.holds, immovable, value: null }];
}

function whyFixed({ vault, secretName, version }: KeyVaultReference): string {
  return version === null
    ? `it refers to ${secretName} of the vault ${vault.name}, which is not the stack's; refer to a secret of the stack's own vault`
    : `it refers to one version of ${secretName}, which never changes; refer to the secret without a version`;
}

function common({ appName, setting, shouldBe, former }: Asked) {
  return {
    kind: 'setting' as const,
    label: `the setting ${setting} of ${appName}`,
    appName,
    setting,
    shouldBe,
    former,
  };
}

function garbage(asked: Asked): SettingConsumer {
  return { ...common(asked), holds: 'garbage', immovable: null, value: null };
}

/** Whether it names some account: that somebody meant, and it is no garbage. */
export function namesAccount(text: string): boolean {
  return /AccountName=[^;\s]/i.test(text);
}

function opensAnother(text: string): boolean {
  return namesAccount(text) || /UseDevelopmentStorage=/i.test(text);
}
