import { isLoopbackHost } from '../schema/addresses.ts';
import type { ConfigValues } from '../schema/config-schema.ts';
import type { Secret } from '../secret.ts';
import type { VaultFailure } from './vault-failure.ts';

/** What came of asking for one secret. */
export type SecretReading =
  | { readonly status: 'found'; readonly secret: Secret; readonly expiresOn: Date | null }
  | { readonly status: 'absent' }
  | ({ readonly status: 'failed' } & VaultFailure);

/** A place that secrets are read from by name; the Key Vault of the configuration, or a test's. */
export interface SecretSource {
  /** In words, such as `the vault mispriced-prod`. */
  readonly description: string;
  /** Reads the named secrets, all at once. Never throws for what a vault may answer. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, SecretReading>>;
}

/** Opens the vault that the settings name, with the identity they name. */
export type OpenSecretSource = (settings: {
  keyVault: ConfigValues['keyVault'];
  identity: ConfigValues['identity'];
}) => Promise<SecretSource>;

/** The vault's address and name; null where none is configured. */
export function vaultOf(
  keyVault: Pick<ConfigValues['keyVault'], 'name' | 'url'>,
): { name: string; url: string } | null {
  const { name, url } = keyVault;
  if (url !== undefined) {
    const { host, hostname } = new URL(url);
    const named = isLoopbackHost(hostname) ? host : hostname.split('.')[0];
    return { name: name ?? named ?? host, url };
  }
  return name === undefined ? null : { name, url: `https://${name}.vault.azure.net` };
}
