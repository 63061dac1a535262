import { readFileLayer } from './layers/file-layer.ts';
import { readOverrideLayer, type Override } from './layers/override-layer.ts';
import { mergeLayers } from './layers/raw-layer.ts';
import { ConfigError } from './config-error.ts';
import { findKey } from './schema/config-schema.ts';
import { environmentName } from './schema/keys.ts';
import { Secret, type RawMap, type RawValue } from './secret.ts';
import { stageVariable, type Stage } from './stage.ts';

/**
 * A configuration file and options as the settings of an app: what a command was told, handed over to
 * a strategy that runs in a process of its own and reads nothing but its environment. Secrets among
 * them are revealed, so the result is for a process's environment and for nothing else.
 *
 * @throws ConfigError for keys that do not exist and for a file that cannot be read.
 */
export function asSettings(args: {
  stage: Stage;
  file?: { readonly name: string; readonly text: string };
  overrides: readonly Override[];
}): Readonly<Record<string, string>> {
  const layers = [
    ...(args.file ? [readFileLayer({ layer: 'file', ...args.file })] : []),
    readOverrideLayer(args.overrides),
  ];
  const problems = layers.flatMap((layer) => layer.problems);
  if (problems.length > 0) throw new ConfigError({ stage: args.stage, problems });

  const settings: Record<string, string> = { [stageVariable]: args.stage };
  const maps: Record<string, Record<string, RawValue>> = {};
  for (const [key, { value }] of mergeLayers(layers)) {
    const found = findKey(key);
    if (!found || value === null) continue;
    const { known, entry } = found;
    if (entry !== null) (maps[known.key] ??= {})[entry] = value;
    else settings[environmentName(key)] = typeof value === 'string' ? value : written(value);
  }
  for (const [key, entries] of Object.entries(maps)) {
    settings[environmentName(key)] = written(entries);
  }
  return settings;
}

function written(value: RawValue): string {
  return value instanceof Secret ? value.reveal() : JSON.stringify(plain(value));
}

function plain(value: RawValue): unknown {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof Secret) return value.reveal();
  if (isList(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

function isList(value: RawMap | readonly RawValue[]): value is readonly RawValue[] {
  return Array.isArray(value);
}
