import { isLoopbackHost } from '@mispriced/core/domain/loopback';
import type { AzureIdentity } from '../identity/azure-identity.ts';

/** A vault, and who asks it. */
export interface VaultAccess {
  readonly vault: { readonly name: string; readonly url: string };
  readonly identity: AzureIdentity;
  readonly timeoutSeconds: number;
}

/** The vault's address and name; null where none is configured. */
export function vaultOf(keyVault: {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
}): { name: string; url: string } | null {
  const { name, url } = keyVault;
  if (url !== undefined) {
    const { host, hostname } = new URL(url);
    const named = isLoopbackHost(hostname) ? host : hostname.split('.')[0];
    return { name: name ?? named ?? host, url };
  }
  return name === undefined ? null : { name, url: `https://${name}.vault.azure.net` };
}
