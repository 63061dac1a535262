/** What decides the order of two rows. */
interface Ranked {
  readonly id: string;
  readonly edge: number | null;
}

/**
 * Best edge (most negative) first, then id as text by code units, so that the order is the same on
 * every machine; rows without an edge last.
 */
export function compareEdges(a: Ranked, b: Ranked): number {
  if (a.edge !== null && b.edge !== null && a.edge !== b.edge) return a.edge - b.edge;
  if ((a.edge === null) !== (b.edge === null)) return a.edge === null ? 1 : -1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
