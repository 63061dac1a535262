/** An awkward file, and how reading it must end. */
export interface CorpusCase {
  readonly name: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  /** `read`: every value as in the plain file; else the reason, in training and in running. */
  readonly outcome: 'read' | { readonly refused: readonly string[] };
}

/** A case whose file is read as the plain one. */
export function read(name: string, bytes: Uint8Array, file = 'loans.csv'): CorpusCase {
  return { name, file, bytes, outcome: 'read' };
}

/** A case whose file is refused, with these words among the reasons. */
export function refuse(
  name: string,
  bytes: Uint8Array,
  reasons: string | readonly string[],
  file = 'loans.csv',
): CorpusCase {
  const refused = typeof reasons === 'string' ? [reasons] : reasons;
  return { name, file, bytes, outcome: { refused } };
}
