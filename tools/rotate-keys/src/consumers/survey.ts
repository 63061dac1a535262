import { environmentName, keyVaultSecretName, Secret } from '@mispriced/config';
import { deadKeysIn } from '../account/key-in-text.ts';
import { signaturesInText } from '../account/signature-in-text.ts';
import type { StorageAccount } from '../account/storage-account.ts';
import { parseReference, versionlessReference } from '@mispriced/azure';
import type {
  AppUse,
  Consumer,
  FoundSignatureIn,
  Held,
  SecretConsumer,
  SettingConsumer,
} from './consumer.ts';
import type { Readings } from './readings.ts';
import { deletedConsumer, secretConsumer, secretLabel } from './secret-consumer.ts';
import { namesAccount, settingConsumer } from './setting-consumer.ts';

/** The key of the configuration that opens storage in key mode. */
export const storageKey = 'storage.connection_string';
/** The secret in a stack's vault that has it. */
export const storageSecretName = keyVaultSecretName(storageKey);
/** The settings of a stack's app that refer to that secret: the platform's own and the code's. */
const storageSettings = ['AzureWebJobsStorage', environmentName(storageKey)] as const;

/** Everything that holds a key of one account. */
export interface AccountUse {
  readonly consumers: readonly Consumer[];
  readonly apps: readonly AppUse[];
  readonly signatures: readonly FoundSignatureIn[];
}

/** Finds out which key of an account each consumer has. Nothing is asked of anybody. */
export function findUse(account: StorageAccount, readings: Readings): AccountUse {
  const { stack } = readings;
  const former = formerKeys(account, readings);
  const secrets = readings.vaults.flatMap((vault) => {
    const isHome = account.name === stack.accountName && vault.name === stack.vaultName;
    const found = vault.secrets.flatMap((secret) =>
      secretConsumer({
        account,
        former,
        vault,
        secret,
        isOwn: isHome && secret.name === storageSecretName,
      }),
    );
    const deleted = vault.deleted
      .filter(({ name }) => !(isHome && name === storageSecretName))
      .flatMap((each) => deletedConsumer(account, vault, each));
    return [...found, ...deleted, ...ownSecret({ account, vault, readings, found })];
  });
  const settings = readings.apps.flatMap((app) =>
    Object.entries(app.settings).flatMap(([setting, text]) => {
      const shouldBe = ownReference({ account, readings, appName: app.name, setting });
      const asked = { account, former, appName: app.name, setting, text, shouldBe };
      return settingConsumer({ ...asked, referred: app.referred[setting] });
    }),
  );
  const missing = missingSettings(account, readings);
  const consumers = [...secrets, ...settings, ...missing];
  return {
    consumers,
    apps: readings.apps.flatMap((app) => appUse(app, consumers)),
    signatures: findSignatures(account, readings),
  };
}

/**
 * Keys that the account had, as its connection strings show that are still about: a bare key says
 * nothing of the account it was for.
 */
function formerKeys(account: StorageAccount, { vaults, apps }: Readings): readonly Secret[] {
  return [
    ...vaults.flatMap(({ secrets, earlier }) => [
      ...secrets.flatMap(({ value }) => (value === null ? [] : [value])),
      ...earlier,
    ]),
    ...apps.flatMap(({ settings }) => Object.values(settings).map((text) => new Secret(text))),
  ].flatMap((value) => deadKeysIn(value.reveal(), account));
}

type Vault = Readings['vaults'][number];

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
      ? vault.deleted.some(({ name }) => name === storageSecretName)
        ? 'deleted'
        : 'missing'
      : there.value === null
        ? 'disabled'
        : 'garbage';
  // It opens another account: somebody meant that.
  if (there?.value && namesAccount(there.value.reveal())) return [];
  return [
    {
      kind: 'secret',
      label: secretLabel(storageSecretName, vault.name),
      holds,
      immovable: null,
      former: [],
      vaultName: vault.name,
      secretName: storageSecretName,
      version: there?.version ?? '',
      value: null,
      tags: there?.tags ?? {},
      contentType: there?.contentType ?? null,
      tagged: null,
    },
  ];
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
        holds: 'missing',
        immovable: null,
        appName: app.name,
        setting,
        value: null,
        shouldBe,
        former: [],
      },
    ];
  });
}

function appUse(app: Readings['apps'][number], consumers: readonly Consumer[]): AppUse[] {
  const secretNames = new Set(
    consumers.flatMap((each) =>
      each.kind === 'secret' ? [`${each.vaultName.toLowerCase()}/${each.secretName}`] : [],
    ),
  );
  const references = Object.entries(app.settings).flatMap(([setting, text]) => {
    const reference = parseReference(text);
    return reference?.version === null &&
      secretNames.has(`${reference.vault.name}/${reference.secretName}`)
      ? [{ setting, secretName: reference.secretName }]
      : [];
  });
  const holdsOne = consumers.some(
    (each) => each.kind === 'setting' && each.appName === app.name && each.holds !== 'unseen',
  );
  if (references.length === 0 && !holdsOne) return [];
  return [{ name: app.name, deployed: app.deployed, references }];
}

function findSignatures(account: StorageAccount, readings: Readings): FoundSignatureIn[] {
  const texts = [
    ...readings.vaults.flatMap((vault) =>
      vault.secrets.flatMap(({ name, value }) =>
        value === null ? [] : [{ label: secretLabel(name, vault.name), text: value.reveal() }],
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
