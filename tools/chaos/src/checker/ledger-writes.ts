import type { PlayedHistory } from '../play/played-history.ts';

/** How a part of a ledger's file came to be there, whatever its lines say. */
export interface LedgerWrite {
  readonly host: string;
  /** True time. */
  readonly atMilliseconds: number;
  /** Counts all that was ever written, in the order in which it took effect. */
  readonly number: number;
}

/** Tells of each place in the ledger's files who wrote it, and when: from the storage's own book. */
export function ledgerWrites({
  storageRequests,
}: PlayedHistory): (path: string, offset: number) => LedgerWrite | null {
  const appends = storageRequests
    .flatMap(({ container, path, host, tookEffectAt, appendedAtOffset, number }) =>
      container !== 'ledger' || tookEffectAt === null || appendedAtOffset === null
        ? []
        : [{ path, host, at: tookEffectAt.getTime(), offset: appendedAtOffset, number }],
    )
    // What arrives late takes effect after what was sent later.
    .sort((one, other) => one.at - other.at || one.number - other.number)
    .map((append, number) => ({ ...append, number }));
  const byPath = Map.groupBy(appends, ({ path }) => path);
  return (path, offset) => {
    const found = byPath.get(path)?.findLast((append) => append.offset <= offset);
    if (found === undefined) return null;
    return { host: found.host, atMilliseconds: found.at, number: found.number };
  };
}
