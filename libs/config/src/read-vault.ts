import { vaultOf, type OpenSecretSource, type SecretSource } from './key-vault/secret-source.ts';
import { mergeLayers } from './layers/merge.ts';
import type { RawLayer } from './layers/raw-layer.ts';
import { readVaultLayer, unreadVaultLayer, type VaultLayer } from './layers/vault-layer.ts';
import { resolveAll } from './resolve-all.ts';
import { valuesOf } from './schema/config-values.ts';
import { knownKeys } from './schema/keys.ts';
import type { Stage } from './stage.ts';
import { keysToAskFor } from './vault-keys.ts';

const servicePrincipal = ['identity.client_id', 'identity.tenant_id', 'identity.client_secret'];

function isSound(section: 'key_vault' | 'identity', values: ReadonlyMap<string, unknown>): boolean {
  const keys = [...knownKeys.values()].filter((known) => known.section === section);
  return keys.every((known) => values.has(known.key));
}

/** Whether the settings that lead into the vault are all there: only then is it asked. */
function canSignIn(values: ReadonlyMap<string, unknown>): boolean {
  const needed = values.get('identity.kind') === 'service-principal' ? servicePrincipal : [];
  return isSound('identity', values) && needed.every((key) => values.get(key) !== undefined);
}

/**
 * The vault's layer. Settings that are wrong leave it unread; what it would have given is then not
 * missed, so that the mistake to mend stands out.
 */
export async function readVault(args: {
  layers: readonly RawLayer[];
  stage: Stage;
  open: OpenSecretSource | 'not-read';
  now: Date;
}): Promise<VaultLayer> {
  const { layers, stage, open, now } = args;
  const { values } = resolveAll({ merged: mergeLayers(layers), stage, unread: new Set() });
  const { keyVault, identity } = valuesOf(values);
  const vault = vaultOf(keyVault);
  const vaultIsSound = isSound('key_vault', values);
  if (vaultIsSound && !vault) return unreadVaultLayer([], 'no vault');
  const keys = keysToAskFor(values);
  const description = `the vault ${vault?.name ?? 'of the configuration'}`;
  if (!vaultIsSound || !canSignIn(values) || open === 'not-read' || keys.length === 0) {
    return unreadVaultLayer(keys, description);
  }
  const source: SecretSource = await open({ keyVault, identity });
  return readVaultLayer({ source, keys, now });
}
