import { ConfigError } from './config-error.ts';
import { explainValues } from './explain-values.ts';
import { createKeyVaultOpener, type OpenSecretSource } from './key-vault/open-key-vault.ts';
import { vaultOf } from './key-vault/vault-address.ts';
import { readEnvironmentLayer } from './layers/environment-layer.ts';
import { readFileLayer } from './layers/file-layer.ts';
import { readOverrideLayer, type Override } from './layers/override-layer.ts';
import { mergeLayers, type RawLayer } from './layers/raw-layer.ts';
import { readStandardFiles, type ReadText } from './layers/standard-files.ts';
import { readVaultLayer, unreadVaultLayer, type VaultLayer } from './layers/vault-layer.ts';
import { LoadedConfig } from './loaded-config.ts';
import type { ConfigProblem } from './problem.ts';
import { redactProblem } from './redact-problem.ts';
import { resolveAll } from './resolve.ts';
import { azureRules } from './rules/azure-rules.ts';
import { checkRules } from './rules/check-rules.ts';
import { dataRules } from './rules/data-rules.ts';
import { limitRules } from './rules/limit-rules.ts';
import { liveRules } from './rules/live-rules.ts';
import { slotRules } from './rules/slot-rules.ts';
import { venueLimitRules } from './rules/venue-limit-rules.ts';
import { venueRules } from './rules/venue-rules.ts';
import { createJobSchedule } from './schedule/job-schedule.ts';
import { valuesOf } from './schema/config-values.ts';
import type { Stage } from './stage.ts';
import { canSignIn, checkListedKeys, isSound, keysToAskFor } from './vault-keys.ts';

const rules = [
  ...liveRules,
  ...slotRules(createJobSchedule),
  ...venueRules,
  ...venueLimitRules,
  ...limitRules,
  ...azureRules,
  ...dataRules,
];

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
    ...(await readStandardFiles(options.readText, stage)).map(readFileLayer),
    readEnvironmentLayer(environment, stage),
  ];
  const above = [
    ...(options.file ? [readFileLayer({ layer: 'file', ...options.file })] : []),
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
    ...checkRules({ rules, values, merged, stage }),
  ];
  if (found.length > 0) {
    throw new ConfigError({ stage, problems: found.map((each) => redactProblem(each, layers)) });
  }
  const explained = explainValues({ values, merged, unread: vault.unread });
  return new LoadedConfig({
    stage,
    values: valuesOf(values),
    byKey: values,
    explained,
    notices: vault.notices,
  });
}

/**
 * The vault's layer. Settings that are wrong leave it unread; what it would have given is then not
 * missed, so that the mistake to mend stands out.
 */
async function readVault(args: {
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
  return readVaultLayer({ source: await open({ keyVault, identity }), keys, now });
}

/** Whether a configuration can be used, and what is wrong: `npx mispriced config check --json`. */
export interface ConfigCheck {
  readonly ok: boolean;
  readonly stage: Stage;
  readonly problems: readonly ConfigProblem[];
  readonly notices: readonly string[];
  /** All of it in words. */
  readonly text: string;
}

/** Loads a configuration only to say whether it is sound. Takes and needs what `loadConfig` does. */
export async function checkConfig(options: LoadConfigOptions): Promise<ConfigCheck> {
  const { stage } = options;
  try {
    const { notices } = await loadConfig(options);
    const text = [`The configuration of stage ${stage} is sound.`, ...notices].join('\n');
    return { ok: true, stage, problems: [], notices, text };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { ok: false, stage, problems: error.problems, notices: [], text: error.message };
  }
}
