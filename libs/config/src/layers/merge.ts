import type { Source } from '../problem.ts';
import type { RawEntry, RawLayer } from './raw-layer.ts';

/** A key's value once all layers are laid over one another. */
export interface MergedEntry extends RawEntry {
  /** The layers that had a say and were overruled, nearest first. */
  readonly overruled: readonly Source[];
}

/** Lays layers over one another, later over earlier; maps entry by entry, lists as a whole. */
export function mergeLayers(layers: readonly RawLayer[]): ReadonlyMap<string, MergedEntry> {
  const merged = new Map<string, MergedEntry>();
  for (const layer of layers) {
    for (const [key, entry] of layer.entries) {
      const below = merged.get(key);
      const overruled = below ? [below.source, ...below.overruled] : [];
      merged.set(key, { ...entry, overruled });
    }
  }
  return merged;
}
