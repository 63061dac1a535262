import { environmentName, keyVaultSecretName, Secret } from '@mispriced/config';
import { keyInText, keysInText } from '../account/key-in-text.ts';
import { signaturesInText } from '../account/signature-in-text.ts';
import { keyNames, type StorageAccount } from '../account/storage-account.ts';
import { isReference, parseReference, versionlessReference } from '../azure/key-vault-reference.ts';
import type { VaultSecret } from '../azure/vault.ts';
import type {
  AppUse,
  Consumer,
  FoundSignatureIn,
  Held,
  SecretConsumer,
  SettingConsumer,
} from './consumer.ts';

/** The key of the configuration that opens storage in key mode. */
export const storageKey = 'storage.connection_string';
/** The secret in a stack's vault that has it. */
export const storageSecretName = keyVaultSecretName(storageKey);
/** The settings of a stack's app that refer to that secret: the platform's own and the code's. */
const storageSettings = ['AzureWebJobsStorage', environmentName(storageKey)] as const;

/** What was read of an environment, values and all. It is never written anywhere. */
export interface Readings {
  readonly vaults: readonly {
    readonly name: string;
    readonly url: string;
    readonly secrets: readonly VaultSecret[];
    /** Names of secrets that were deleted and can be brought back; only those asked for. */
    readonly deleted: readonly string[];
  }[];
  readonly apps: readonly {
    readonly name: string;
    readonly deployed: boolean;
    readonly settings: Readonly<Record<string, string>>;
  }[];
  /** What belongs together by infra's own wiring. */
  readonly stack: {
    readonly accountName: string;
    readonly vaultName: string;
    readonly appName: string;
  };
}

/** Everything that holds a key of one account. */
export interface AccountUse {
  readonly consumers: readonly Consumer[];
  readonly apps: readonly AppUse[];
  readonly signatures: readonly FoundSignatureIn[];
}

/** Finds out which key of an account each consumer has. Nothing is asked of anybody. */
export function findUse(account: StorageAccount, readings: Readings): AccountUse {
  const secrets = readings.vaults.flatMap((vault) => {
    const found = vault.secrets.flatMap((secret) => secretConsumer({ account, vault, secret }));
    return [...found, ...ownSecret({ account, vault, readings, found })];
  });
  const settings = readings.apps.flatMap((app) =>
    Object.entries(app.settings).flatMap(([setting, text]) =>
      settingConsumer({ account, readings, appName: app.name, setting, text, secrets }),
    ),
  );
  const missing = missingSettings(account, readings);
  const consumers = [...secrets, ...settings, ...missing];
  return {
    consumers,
    apps: readings.apps.flatMap((app) => appUse(app, consumers)),
    signatures: findSignatures(account, readings),
  };
}

type Vault = Readings['vaults'][number];

function secretConsumer(args: {
  account: StorageAccount;
  vault: Vault;
  secret: VaultSecret;
}): SecretConsumer[] {
  const { account, vault, secret } = args;
  const { CredentialId: tag, ProviderAddress: provider } = secret.tags;
  const isTagged = provider?.toLowerCase() === account.id.toLowerCase();
  const held = secret.value === null ? null : keyInText(secret.value.reveal(), account);
  if (held === null && !isTagged) return [];
  const unheld: Held = secret.value === null ? 'disabled' : bareOrGarbage(secret.value);
  return [
    {
      kind: 'secret',
      label: `the secret ${secret.name} of the vault ${vault.name}`,
      holds: held ?? unheld,
      immovable: secret.managed
        ? 'Key Vault keeps it for a certificate, and nobody can write it'
        : null,
      vaultName: vault.name,
      secretName: secret.name,
      ...{ version: secret.version, value: secret.value, tags: secret.tags },
      contentType: secret.contentType,
      tagged: keyNames.find((name) => name === tag) ?? null,
    },
  ];
}

/** A tagged secret with a bare key that is none of the account's two holds a dead one. */
function bareOrGarbage(value: Secret): Held {
  return keysInText(value.reveal()).length > 0 ? 'dead' : 'garbage';
}

/** The stack's own secret, where it is not there or opens nothing. */
function ownSecret(args: {
  account: StorageAccount;
  vault: Vault;
  readings: Readings;
  found: readonly SecretConsumer[];
}): SecretConsumer[] {
  const { account, vault, readings, found } = args;
  const { stack } = readings;
  const isHome = account.name === stack.accountName && vault.name === stack.vaultName;
  if (!isHome || !account.sharedKeyAllowed) return [];
  if (found.some(({ secretName }) => secretName === storageSecretName)) return [];
  const there = vault.secrets.find(({ name }) => name === storageSecretName);
  const holds: Held =
    there === undefined
      ? vault.deleted.includes(storageSecretName)
        ? 'deleted'
        : 'missing'
      : there.value === null
        ? 'disabled'
        : 'garbage';
  // It opens another account: somebody meant that.
  if (there?.value && /AccountName=/i.test(there.value.reveal())) return [];
  return [
    {
      kind: 'secret',
      label: `the secret ${storageSecretName} of the vault ${vault.name}`,
      ...{ holds, immovable: null, vaultName: vault.name, secretName: storageSecretName },
      version: there?.version ?? '',
      value: null,
      tags: there?.tags ?? {},
      contentType: there?.contentType ?? null,
      tagged: null,
    },
  ];
}

function settingConsumer(args: {
  account: StorageAccount;
  readings: Readings;
  appName: string;
  setting: string;
  text: string;
  secrets: readonly SecretConsumer[];
}): SettingConsumer[] {
  const { account, readings, appName, setting, text, secrets } = args;
  const common = {
    kind: 'setting' as const,
    label: `the setting ${setting} of ${appName}`,
    ...{ appName, setting },
  };
  const shouldBe = ownReference({ account, readings, appName, setting });
  if (isReference(text)) {
    const reference = parseReference(text);
    const version = reference?.version ?? null;
    if (reference === null || version === null) {
      if (reference !== null || shouldBe === null) return [];
      const garbage = { ...common, holds: 'garbage' as const, immovable: null };
      return [{ ...garbage, value: null, shouldBe }];
    }
    const secret = secrets.find(
      ({ vaultName, secretName }) =>
        vaultName.toLowerCase() === reference.vaultName && secretName === reference.secretName,
    );
    if (secret === undefined) return [];
    return [
      {
        ...common,
        holds: secret.holds,
        // The stack's own settings have a form to go back to.
        immovable:
          shouldBe === null
            ? `it refers to one version of ${secret.secretName}, which never changes; refer to the secret without a version`
            : null,
        ...{ value: null, shouldBe },
      },
    ];
  }
  const held = keyInText(text, account);
  if (held !== null) {
    return [{ ...common, holds: held, immovable: null, value: new Secret(text), shouldBe }];
  }
  if (shouldBe === null || opensAnother(text)) return [];
  return [{ ...common, holds: 'garbage', immovable: null, value: null, shouldBe }];
}

/** The reference that infra gives to a setting of the stack's own app; null for any other setting. */
function ownReference(args: {
  account: StorageAccount;
  readings: Readings;
  appName: string;
  setting: string;
}): string | null {
  const { stack, vaults } = args.readings;
  const isOwn =
    args.account.sharedKeyAllowed &&
    args.account.name === stack.accountName &&
    args.appName === stack.appName &&
    storageSettings.some((name) => name === args.setting);
  const vault = vaults.find(({ name }) => name === stack.vaultName);
  return isOwn && vault !== undefined ? versionlessReference(vault.url, storageSecretName) : null;
}

function missingSettings(account: StorageAccount, readings: Readings): SettingConsumer[] {
  const app = readings.apps.find(({ name }) => name === readings.stack.appName);
  if (app === undefined) return [];
  return storageSettings.flatMap((setting): SettingConsumer[] => {
    const shouldBe = ownReference({ account, readings, appName: app.name, setting });
    if (shouldBe === null || setting in app.settings) return [];
    return [
      {
        kind: 'setting',
        label: `the setting ${setting} of ${app.name}`,
        ...{ holds: 'missing', immovable: null, appName: app.name, setting },
        ...{ value: null, shouldBe },
      },
    ];
  });
}

function opensAnother(text: string): boolean {
  return /AccountName=|UseDevelopmentStorage=/i.test(text);
}

function appUse(app: Readings['apps'][number], consumers: readonly Consumer[]): AppUse[] {
  const secretNames = new Set(
    consumers.flatMap((each) =>
      each.kind === 'secret' ? [`${each.vaultName.toLowerCase()}/${each.secretName}`] : [],
    ),
  );
  const references = Object.entries(app.settings).flatMap(([setting, text]) => {
    const reference = parseReference(text);
    return reference !== null && secretNames.has(`${reference.vaultName}/${reference.secretName}`)
      ? [{ setting, secretName: reference.secretName }]
      : [];
  });
  const holdsOne = consumers.some((each) => each.kind === 'setting' && each.appName === app.name);
  if (references.length === 0 && !holdsOne) return [];
  return [{ name: app.name, deployed: app.deployed, references }];
}

function findSignatures(account: StorageAccount, readings: Readings): FoundSignatureIn[] {
  const texts = [
    ...readings.vaults.flatMap((vault) =>
      vault.secrets.flatMap(({ name, value }) =>
        value === null
          ? []
          : [{ label: `the secret ${name} of the vault ${vault.name}`, text: value.reveal() }],
      ),
    ),
    ...readings.apps.flatMap((app) =>
      Object.entries(app.settings).map(([name, text]) => ({
        label: `the setting ${name} of ${app.name}`,
        text,
      })),
    ),
  ];
  return texts.flatMap(({ label, text }) =>
    signaturesInText(text, account).map((signature) => ({ label, ...signature })),
  );
}
