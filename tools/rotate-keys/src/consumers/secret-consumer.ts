import type { Secret } from '@mispriced/config';
import { keyFormsIn } from '../account/key-in-text.ts';
import { keyNames, type StorageAccount } from '../account/storage-account.ts';
import type { VaultSecret } from '../azure/vault.ts';
import type { SecretConsumer } from './consumer.ts';
import { heldIn, type HeldInText } from './held-in.ts';
import type { Readings } from './readings.ts';

type Vault = Readings['vaults'][number];

/** What a secret holds of an account's keys, by its value or, where it has none to read, by its tags. */
export function secretConsumer(args: {
  account: StorageAccount;
  former: readonly Secret[];
  vault: Vault;
  secret: VaultSecret;
  /** Whether it is the stack's own, whose form is known. */
  isOwn: boolean;
}): SecretConsumer[] {
  const { account, vault, secret, isOwn } = args;
  const isTagged = isOf(account, secret);
  const former = [...args.former, ...(isTagged ? bareKeyIn(secret.value) : [])];
  const text = secret.value?.reveal() ?? null;
  const held = text === null ? null : heldIn(text, account, former);
  if (held === null && !isTagged) return [];
  const { holds, immovable } = held ?? unheld(secret.value);
  // The stack's own has a form to go back to, whatever became of it.
  const isFixed = !isOwn || holds === 'both';
  const tag = secret.tags['CredentialId'];
  return [
    {
      kind: 'secret',
      label: secretLabel(secret.name, vault.name),
      holds,
      immovable: secret.managed
        ? 'Key Vault keeps it for a certificate, and nobody can write it'
        : isFixed
          ? immovable
          : null,
      former,
      vaultName: vault.name,
      secretName: secret.name,
      version: secret.version,
      value: secret.value,
      tags: secret.tags,
      contentType: secret.contentType,
      tagged: keyNames.find((name) => name === tag) ?? null,
    },
  ];
}

/** A secret that was deleted, that something refers to, and that was the account's by its tags. */
export function deletedConsumer(
  account: StorageAccount,
  vault: Vault,
  { name, tags }: Vault['deleted'][number],
): SecretConsumer[] {
  if (!isOf(account, { tags })) return [];
  return [
    {
      kind: 'secret',
      label: secretLabel(name, vault.name),
      holds: 'deleted',
      immovable: null,
      former: [],
      vaultName: vault.name,
      secretName: name,
      version: '',
      value: null,
      tags,
      contentType: null,
      tagged: null,
    },
  ];
}

/** How a secret is called to people. */
export function secretLabel(secretName: string, vaultName: string): string {
  return `the secret ${secretName} of the vault ${vaultName}`;
}

function isOf(account: StorageAccount, { tags }: Pick<VaultSecret, 'tags'>): boolean {
  return tags['ProviderAddress']?.toLowerCase() === account.id.toLowerCase();
}

function unheld(value: Secret | null): HeldInText {
  if (value !== null) return { holds: 'garbage', immovable: null };
  const immovable =
    'its newest version is disabled, so that what it held cannot be seen; enable that, then give the command again';
  return { holds: 'disabled', immovable };
}

/** The one bare key of a tagged secret: its tags say whose it is, so it was the account's. */
export function bareKeyIn(value: Secret | null): readonly Secret[] {
  const keys = value === null ? [] : keyFormsIn(value.reveal());
  return keys.length === 1 && !/AccountName=/i.test(value?.reveal() ?? '') ? keys : [];
}
