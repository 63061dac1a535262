import { ConfigError } from './config-error.ts';
import { explainValues } from './explain-values.ts';
import { createKeyVaultOpener } from './key-vault/open-key-vault.ts';
import type { OpenSecretSource } from './key-vault/secret-source.ts';
import { readEnvironmentLayer } from './layers/environment-layer.ts';
import { readFileLayer } from './layers/file-layer.ts';
import { mergeLayers } from './layers/merge.ts';
import { readOverrideLayer, type Override } from './layers/override-layer.ts';
import type { RawLayer } from './layers/raw-layer.ts';
import { readStandardFiles, type ReadText } from './layers/standard-files.ts';
import { LoadedConfig } from './loaded-config.ts';
import type { ConfigProblem } from './problem.ts';
import { readVault } from './read-vault.ts';
import { redactProblem } from './redact-problem.ts';
import { resolveAll } from './resolve-all.ts';
import { checkRules } from './rules/check-rules.ts';
import type { Stage } from './stage.ts';
import { checkListedKeys } from './vault-keys.ts';

/** What the configuration is read from. */
export interface LoadConfigOptions {
  readonly stage: Stage;
  /** Reads `config/defaults.yaml` and its like: from a folder, or from texts bundled with the code. */
  readonly readText: ReadText;
  /** Usually `process.env`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A further file, above the environment and Key Vault (`mispriced run --config FILE`). */
  readonly file?: { readonly name: string; readonly text: string };
  /** The topmost layer: what the command line says. */
  readonly overrides?: readonly Override[];
  /**
   * Opens the configured vault. Hand in one made by `createKeyVaultOpener` to keep secrets for their
   * lifetime over several loads; `not-read` checks everything else without reaching for the vault.
   */
  readonly keyVault?: OpenSecretSource | 'not-read';
  readonly now?: () => Date;
}

/**
 * Reads the configuration of a stage: built-in defaults, the stage's file, the personal
 * `config/local.yaml`, the environment, Key Vault where one is configured, then a file and options
 * from the command line; later layers win. The settings of vault and identity come from the other
 * layers, so that the vault can be opened.
 *
 * Needs the permission `get` on secrets of the vault, where one is configured.
 *
 * @throws ConfigError with every problem at once, each with the place it came from and how to mend it.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<LoadedConfig> {
  const { stage, environment, now = () => new Date() } = options;
  const below = [
    ...(await readStandardFiles(options.readText, stage)),
    readEnvironmentLayer(environment, stage),
  ];
  const above = [
    ...(options.file ? [readFileLayer('file', options.file.name, options.file.text)] : []),
    readOverrideLayer(options.overrides ?? []),
  ];
  const vault = await readVault({
    layers: [...below, ...above],
    stage,
    open: options.keyVault ?? createKeyVaultOpener({ now }),
    now: now(),
  });
  const layers: readonly RawLayer[] = [...below, vault, ...above];
  const merged = mergeLayers(layers);
  const { values, problems } = resolveAll({ merged, stage, unread: new Set(vault.unread.keys()) });
  const found: readonly ConfigProblem[] = [
    ...layers.flatMap((layer) => layer.problems),
    ...problems,
    ...checkListedKeys(values, merged.get('key_vault.keys')?.source ?? null),
    ...checkRules({ values, merged, stage }),
  ];
  if (found.length > 0) {
    throw new ConfigError({ stage, problems: found.map((each) => redactProblem(each, layers)) });
  }
  const explained = explainValues({ values, merged, unread: vault.unread });
  return new LoadedConfig({ stage, byKey: values, explained, notices: vault.notices });
}
