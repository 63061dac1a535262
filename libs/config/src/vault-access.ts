import { ConfigError } from './config-error.ts';
import { createCredential } from './identity/create-credential.ts';
import { vaultOf, type VaultAccess } from './key-vault/vault-address.ts';
import { readEnvironmentLayer } from './layers/environment-layer.ts';
import { readFileLayer } from './layers/file-layer.ts';
import { mergeLayers } from './layers/raw-layer.ts';
import { readStandardFiles, type ReadText } from './layers/standard-files.ts';
import { invalid } from './problem.ts';
import { resolveAll } from './resolve.ts';
import { valuesOf } from './schema/config-values.ts';
import type { Stage } from './stage.ts';

/**
 * Finds a stage's vault and makes the credential for it, whatever else its configuration lacks: the
 * secret that is missing has to be written before the rest can be right. Nothing is asked of the
 * vault yet.
 *
 * @throws ConfigError with every problem of the sections `key_vault` and `identity`, and where no
 * vault is configured.
 */
export async function openVaultAccess(options: {
  readonly stage: Stage;
  readonly readText: ReadText;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): Promise<VaultAccess> {
  const { stage } = options;
  const layers = [
    ...(await readStandardFiles(options.readText, stage)).map(readFileLayer),
    readEnvironmentLayer(options.environment, stage),
  ];
  const resolved = resolveAll({ merged: mergeLayers(layers), stage, unread: new Set() });
  const problems = [...layers.flatMap((layer) => layer.problems), ...resolved.problems].filter(
    ({ key }) => key === null || /^(key_vault|identity|stage)(\.|$)/.test(key),
  );
  if (problems.length > 0) throw new ConfigError({ stage, problems });
  const { keyVault, identity } = valuesOf(resolved.values);
  const vault = vaultOf(keyVault);
  if (vault === null) {
    const message = 'No vault is configured, so there is no place for secrets.';
    const fix = `Bring the environment up where its vault is made, or set key_vault.name.`;
    const missing = invalid({ key: 'key_vault.name', source: null, message, fix });
    throw new ConfigError({ stage, problems: [missing] });
  }
  return {
    vault,
    identity: await createCredential({ identity }),
    timeoutSeconds: keyVault.timeoutSeconds,
  };
}
