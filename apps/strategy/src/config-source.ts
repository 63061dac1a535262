import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createKeyVaultOpener,
  loadConfig,
  readTextsIn,
  stageFromEnvironment,
  type LoadedConfig,
} from '@mispriced/config';

/** The folder that holds `config/`: the package's root, or the repository's. */
export const packageRoot = findConfigRoot(dirname(fileURLToPath(import.meta.url)));

/** Keeps secrets for their lifetime over the runs of one process. */
const keyVault = createKeyVaultOpener();

/**
 * The configuration of the deployed app: its stage stands in its settings. Needs `get` on secrets
 * of the vault where one is configured.
 *
 * @param secrets `not-read` for what needs none: no vault is reached for then.
 * @throws ConfigError with every problem at once.
 */
export async function loadAppConfig(secrets: 'read' | 'not-read' = 'read'): Promise<LoadedConfig> {
  return loadConfig({
    stage: stageFromEnvironment(process.env),
    readText: readTextsIn(packageRoot),
    environment: process.env,
    keyVault: secrets === 'read' ? keyVault : 'not-read',
  });
}

function findConfigRoot(folder: string): string {
  if (existsSync(join(folder, 'config', 'defaults.yaml'))) return folder;
  const parent = dirname(folder);
  // At the top there is nothing more to look at; reading the files then says what is missing.
  return parent === folder ? folder : findConfigRoot(parent);
}
