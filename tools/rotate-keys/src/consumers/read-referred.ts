import { asMispricedError } from '@mispriced/core';
import { parseReference, type KeyVaultReference } from '@mispriced/azure';
import { openVault, type Vault } from '../azure/vault.ts';
import type { RotationDependencies } from '../rotation-dependencies.ts';
import type { Referred } from './readings.ts';

/**
 * Reads what settings refer to and no list of the stack's secrets shows: one version of a secret, or a
 * secret of a vault that is not the stack's. What cannot be read is said to be so, never left out.
 *
 * @param args.home The stack's own vault: others are where it is.
 */
export async function readReferred(args: {
  settings: Readonly<Record<string, string>>;
  vaults: readonly Vault[];
  home: Vault;
  dependencies: RotationDependencies;
}): Promise<Readonly<Record<string, Referred>>> {
  const { settings, vaults } = args;
  const found: Record<string, Referred> = {};
  const known = new Map<string, Promise<Referred>>();
  for (const [setting, text] of Object.entries(settings)) {
    const reference = parseReference(text);
    if (reference === null) continue;
    const listed = vaults.find(({ name }) => name.toLowerCase() === reference.vault.name);
    if (listed !== undefined && reference.version === null) continue;
    const key = JSON.stringify(reference);
    const reading = known.get(key) ?? read({ ...args, reference, listed });
    known.set(key, reading);
    found[setting] = await reading;
  }
  return found;
}

async function read(args: {
  reference: KeyVaultReference;
  listed: Vault | undefined;
  home: Vault;
  dependencies: RotationDependencies;
}): Promise<Referred> {
  const { reference, listed, home, dependencies } = args;
  const { vault: referred, secretName, version } = reference;
  const { name } = referred;
  try {
    const url = home.url.replace(`//${home.name.toLowerCase()}.`, `//${name}.`);
    const vault = listed ?? (await openVault({ name, url, tags: {} }, dependencies));
    const secret = await vault.read(secretName, version ?? undefined);
    return { value: secret?.value ?? null };
  } catch (thrown) {
    const { code, message } = asMispricedError(thrown);
    if (code === 'INTERNAL') throw thrown;
    return { unread: message };
  }
}
