import { invalid, type Source } from '../problem.ts';
import { findKey, nearestKey } from '../schema/config-schema.ts';
import { Secret, type RawValue } from '../secret.ts';
import { RawLayerBuilder, type RawLayer } from './raw-layer.ts';
import { writtenExample, writtenValue } from './yaml-text.ts';

/** A value from the command line, or from a program that starts the strategy itself. */
export interface Override {
  /** Dotted: `run.threshold`. */
  readonly key: string;
  /** Text, number, boolean or secret; lists and maps as such or as JSON text; null to unset. */
  readonly value: unknown;
  /** The option as it was typed, such as `--threshold`. */
  readonly option?: string;
}

function rawOf(value: unknown): RawValue | undefined {
  if (value === null || typeof value === 'string' || value instanceof Secret) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const items = value.map(rawOf);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (typeof value !== 'object') return undefined;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]): [string, RawValue] => [name, rawOf(each) ?? null]);
  return Object.fromEntries(entries);
}

/** Reads the overrides: the topmost layer. */
export function readOverrideLayer(overrides: readonly Override[]): RawLayer {
  const builder = new RawLayerBuilder();
  for (const { key, value, option } of overrides) {
    const source: Source = { layer: 'command-line', where: option ?? `the option for ${key}` };
    const found = findKey(key);
    if (!found) {
      const meant = nearestKey(key);
      builder.problem(
        invalid({
          key,
          source,
          message: `There is no such key${meant ? `; did you mean ${meant}?` : '.'}`,
          fix: 'Use a key of docs/configuration.md.',
        }),
      );
      continue;
    }
    const { known, entry } = found;
    const raw =
      typeof value === 'string' && entry === null ? writtenValue(known, value) : rawOf(value);
    if (raw === undefined) {
      builder.problem(
        invalid({
          key,
          source,
          message: `It cannot be read; lists and maps are written as JSON, such as ${writtenExample(known)}.`,
          fix: `Correct what is given to ${source.where}.`,
        }),
      );
    } else if (entry === null) {
      builder.set(known, { value: raw, source });
    } else {
      builder.setEntry(known, entry, { value: raw, source });
    }
  }
  return builder.build();
}
