import type { Secret, SecretVersion } from './secret-store.ts';
import type { Vault } from './vault.ts';

const defaultRetentionDays = 90;

/** A version as `get` and `set` answer it; without the value where nobody asked for that. */
export function secretBundle(args: {
  vault: Vault;
  vaultUrl: string;
  secret: Secret;
  version: SecretVersion;
  withValue: boolean;
}): Record<string, unknown> {
  const { secret, version } = args;
  const previous = secret.versions[secret.versions.indexOf(version) - 1];
  return {
    ...(args.withValue && { value: version.value }),
    ...secretItem({ ...args, id: `${args.vaultUrl}/secrets/${secret.name}/${version.version}` }),
    ...(previous !== undefined && { previousVersion: previous.version }),
  };
}

/** A version as lists show it: everything but the value. */
export function secretItem(args: {
  vault: Vault;
  id: string;
  version: SecretVersion;
}): Record<string, unknown> {
  const { vault, version } = args;
  return {
    id: args.id,
    attributes: {
      enabled: version.enabled,
      ...(version.notBefore !== null && { nbf: version.notBefore }),
      ...(version.expires !== null && { exp: version.expires }),
      created: version.created,
      updated: version.updated,
      recoveryLevel: recoveryLevel(vault),
      recoverableDays: vault.softDeleteRetentionInDays,
    },
    ...(version.contentType !== null && { contentType: version.contentType }),
    ...(Object.keys(version.tags).length > 0 && { tags: version.tags }),
  };
}

/** What a deleted secret shows beside the rest. */
export function deletion(vaultUrl: string, secret: Secret): Record<string, unknown> {
  return {
    recoveryId: `${vaultUrl}/deletedsecrets/${secret.name}`,
    deletedDate: secret.deleted?.at,
    scheduledPurgeDate: secret.deleted?.purgeAt,
  };
}

/** What becomes of a deleted object of a vault, in Azure's words. */
export function recoveryLevel(vault: Vault): string {
  const custom = vault.softDeleteRetentionInDays < defaultRetentionDays ? 'Customized' : '';
  return `${custom}Recoverable${vault.enablePurgeProtection ? '' : '+Purgeable'}`;
}
