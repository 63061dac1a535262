import type { KnownKey } from '../schema/keys.ts';
import type { RawValue } from './raw-layer.ts';
import { rawValueOf, readYaml, UnsupportedYaml } from './yaml-text.ts';

/**
 * The value of a key that stands in one text (an environment variable, a secret, an option): lists
 * and maps are written as JSON there.
 *
 * @returns Undefined when the text is not what the key needs.
 */
export function writtenValue(known: KnownKey, text: string): RawValue | undefined {
  if (known.kind === 'text') return text;
  const yaml = readYaml(text);
  if (yaml.mistakes.length > 0) return undefined;
  try {
    const value = rawValueOf(yaml.contents);
    return typeof value === 'string' ? undefined : value;
  } catch (error) {
    if (error instanceof UnsupportedYaml) return undefined;
    throw error;
  }
}

/** How such a value is written, for messages. */
export function writtenExample(known: KnownKey): string {
  return known.kind === 'list' ? '["first", "second"]' : '{"name": "value"}';
}
