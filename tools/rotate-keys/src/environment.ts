import { BlobServiceClient } from '@azure/storage-blob';
import { type ArmClient, findSite, listSites, parseReference, readSite } from '@mispriced/azure';
import {
  containers,
  createBlobObjectStore,
  MispricedError,
  type ObjectStore,
} from '@mispriced/core';
import { deployerArm, type TargetOptions } from '@mispriced/deploy';
import type { StorageAccount } from './account/storage-account.ts';
import { type ListedAccount, listAccounts, listKeys } from './azure/storage-keys.ts';
import { openSite, type Site } from './azure/site.ts';
import { listVaults, openVault, type Vault, type VaultSecret } from './azure/vault.ts';
import { readReferred } from './consumers/read-referred.ts';
import type { Readings } from './consumers/readings.ts';
import { storageSecretName } from './consumers/survey.ts';
import type { RotationDependencies } from './rotation-dependencies.ts';

/** An environment, as far as its keys go. */
export interface KeyEnvironment {
  readonly stack: string;
  readonly dependencies: RotationDependencies;
  readonly arm: ArmClient;
  readonly accounts: readonly ListedAccount[];
  readonly vaults: readonly Vault[];
  readonly sites: readonly Site[];
  /** The stack's own, by infra's wiring. */
  readonly home: { readonly account: ListedAccount; readonly vault: Vault; readonly site: Site };
  /** What the stack's account keeps, opened by the sign-in of whoever rotates. */
  readonly objects: ObjectStore;
}

const retryOptions = { maxTries: 4, retryDelayInMs: 500, tryTimeoutInMs: 30_000 };

/**
 * Finds what belongs to a stack: everything in the resource group of its function app that is not
 * tagged as another stack's. Needs Reader on the group.
 *
 * @throws MispricedError `ENVIRONMENT_MISSING`
 */
export async function openKeyEnvironment(
  options: TargetOptions,
  dependencies: RotationDependencies,
): Promise<KeyEnvironment> {
  const { stack } = options;
  const arm = deployerArm(dependencies);
  const found = await findSite({ arm, ...options });
  const groupId = found.id.slice(0, found.id.toLowerCase().indexOf('/providers/'));
  const isOfStack = ({ tags }: { tags: Readonly<Record<string, string>> }): boolean =>
    (tags['stack'] ?? stack) === stack;
  const accounts = (await listAccounts(arm, groupId)).filter(isOfStack);
  const listedVaults = (await listVaults(arm, groupId)).filter(isOfStack);
  const sites = await Promise.all(
    (await listSites(arm, groupId))
      .filter(isOfStack)
      .map(async ({ id }) => openSite(await readSite(arm, id), arm, dependencies)),
  );
  const vaults = await Promise.all(listedVaults.map((vault) => openVault(vault, dependencies)));
  const site = sites.find(({ name }) => name === found.name);
  const account = accounts.find(({ endpoints }) =>
    site?.deploymentContainerUrl?.toLowerCase().startsWith(endpoints.blob.toLowerCase()),
  );
  const vault = vaults.find(({ tags }) => tags['stack'] === stack) ?? vaults[0];
  if (site === undefined || account === undefined || vault === undefined) {
    throw new MispricedError({
      code: 'ENVIRONMENT_MISSING',
      message: `The group of ${found.name} lacks the storage account of its code, or a vault.`,
      fix: `Bring the environment up again: npx mispriced up --stack ${stack}`,
    });
  }
  const service = new BlobServiceClient(account.endpoints.blob, dependencies.credential, {
    retryOptions,
  });
  const objects = createBlobObjectStore({ service });
  return {
    stack,
    dependencies,
    arm,
    accounts,
    vaults,
    sites,
    home: { account, vault, site },
    objects,
  };
}

/**
 * Reads all secrets and settings. Needs `get` and `list` on secrets of the vaults, and Website
 * Contributor on the apps.
 */
export async function readEnvironment(environment: KeyEnvironment): Promise<Readings> {
  const { vaults, sites, home } = environment;
  const apps = await Promise.all(sites.map((site) => readApp(environment, site)));
  const references = apps.flatMap(({ settings }) =>
    Object.values(settings).flatMap((text) => parseReference(text) ?? []),
  );
  return {
    vaults: await Promise.all(
      vaults.map(async (vault) => {
        const secrets = await vault.secrets();
        const wanted = references
          .filter((each) => each.vault.name === vault.name.toLowerCase())
          .map(({ secretName }) => secretName);
        if (vault === home.vault) wanted.push(storageSecretName);
        const deleted = await readDeleted(vault, new Set(wanted), secrets);
        const hasOwn =
          vault === home.vault && secrets.some(({ name }) => name === storageSecretName);
        const earlier = hasOwn ? await vault.earlierValues(storageSecretName) : [];
        return { name: vault.name, url: vault.url, secrets, deleted, earlier };
      }),
    ),
    apps,
    stack: {
      accountName: home.account.name,
      vaultName: home.vault.name,
      appName: home.site.name,
    },
  };
}

async function readApp(
  { vaults, home, objects, dependencies }: KeyEnvironment,
  site: Site,
): Promise<Readings['apps'][number]> {
  const settings = await site.settings();
  const referred = await readReferred({ settings, vaults, home: home.vault, dependencies });
  // Code that another tool brought has no release of ours; a host that is down may list no functions.
  const deployed =
    (site === home.site && (await objects.list(containers.packages, 'releases/')).length > 0) ||
    (await site.hasCode());
  return { name: site.name, deployed, settings, referred };
}

async function readDeleted(
  vault: Vault,
  wanted: ReadonlySet<string>,
  secrets: readonly VaultSecret[],
): Promise<Readings['vaults'][number]['deleted']> {
  const gone = [...wanted].filter((name) => !secrets.some((each) => each.name === name));
  const deleted = await Promise.all(
    gone.map(async (name) => ({ name, tags: await vault.deletedTags(name) })),
  );
  return deleted.flatMap(({ name, tags }) => (tags === null ? [] : [{ name, tags }]));
}

/** An account with its keys. */
export async function readAccount(arm: ArmClient, listed: ListedAccount): Promise<StorageAccount> {
  return { ...listed, keys: await listKeys(arm, listed.id) };
}
