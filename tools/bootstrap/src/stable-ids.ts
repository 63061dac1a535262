import { createHash } from 'node:crypto';

/** Letters and digits that are the same for the same words, in every run and on every machine. */
export function stableSuffix(words: readonly string[], length: number): string {
  return digest(words).slice(0, length);
}

/**
 * A GUID that is the same for the same words. Azure names role assignments by GUIDs; with these a
 * second run finds what the first one made.
 */
export function stableGuid(words: readonly string[]): string {
  const hex = digest(words);
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function digest(words: readonly string[]): string {
  const text = words.map((each) => each.toLowerCase()).join('\n');
  return createHash('sha256').update(text).digest('hex');
}
