/** Draws a number, uniform in [0, 1). */
export type Random = () => number;

/**
 * A stream of random numbers that is the same for the same seed and the same name, on every machine,
 * and independent of any other name's stream.
 *
 * The generator is mulberry32 by Tommy Ettinger (public domain), 32 bits of state: enough for a
 * market to play with, not for cryptography.
 */
export function namedRandom(seed: number, name: string): Random {
  let state = hashOf(`${seed}|${name}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** 32-bit FNV-1a of a text of plain ASCII (Fowler, Noll, Vo), then the finisher of MurmurHash3. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
