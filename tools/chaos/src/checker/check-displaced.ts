import { textOf, type RawLine } from './read-lines.ts';
import type { Violation } from './violation.ts';

/**
 * A run that lost its lease writes nothing: once a later epoch has begun, in whichever file, no line of
 * an earlier one follows anywhere in the account's books. By the order in which the storage took them.
 */
export function checkDisplaced(lines: readonly RawLine[]): readonly Violation[] {
  const books = Map.groupBy(
    // What was carried over from the first version is of no epoch.
    lines.filter(({ written, fields }) => written !== null && fields['epoch'] !== 0),
    ({ path }) => path.split('/')[0] ?? '',
  );
  return [...books].flatMap(([account, own]) => {
    const written = own.toSorted(
      (one, other) =>
        (one.written?.number ?? 0) - (other.written?.number ?? 0) || one.offset - other.offset,
    );
    let latest = 0;
    return written.flatMap((line): readonly Violation[] => {
      const epoch = Number(line.fields['epoch']);
      const before = latest;
      latest = Math.max(latest, epoch);
      if (epoch >= before) return [];
      const facts = `${account}: ${line.written?.host ?? ''} wrote ${textOf(line, 'type')} of epoch ${epoch} to ${line.path} after epoch ${before} had begun`;
      return [{ promise: 'a run that lost its lease writes nothing', facts }];
    });
  });
}
