import type { Addresses } from '../../src/addresses.ts';
import { withoutSlash } from './tokens.ts';

/** The resources a token can be for. */
export type TokenResource = 'resource-manager' | 'storage' | 'key-vault' | 'graph' | 'app-service';

/**
 * The names under which each resource is asked for: the local cloud's own, as its metadata tells
 * clients, and those of the public cloud that some clients hold fixed.
 */
export function resourceNames(addresses: Addresses): Readonly<Record<TokenResource, string[]>> {
  return {
    'resource-manager': [
      addresses.origin,
      'https://management.azure.com',
      'https://management.core.windows.net',
    ],
    storage: ['https://storage.azure.com'],
    'key-vault': ['https://vault.localhost', 'https://vault.azure.net'],
    graph: [`${addresses.origin}/graph`, 'https://graph.microsoft.com'],
    'app-service': [`${addresses.origin}/appsvc`, 'https://appservice.azure.com'],
  };
}

/** Whether a token may be asked for under this name. An account's own blob address counts too. */
export function isKnownResource(addresses: Addresses, resource: string): boolean {
  const wanted = withoutSlash(resource);
  const known = Object.values(resourceNames(addresses)).flat();
  return known.includes(wanted) || isStorageAccount(wanted);
}

/** The address of one storage account, which storage takes as an audience beside its general one. */
function isStorageAccount(resource: string): boolean {
  return /^https:\/\/[a-z0-9]{3,24}\.(blob|queue|table)\.localhost(:\d+)?$/.test(resource);
}
