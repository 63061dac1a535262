import { textOf, type RawLine } from './read-lines.ts';
import type { Violation } from './violation.ts';

/**
 * A run that lost its lease writes nothing more: once a later epoch has begun, in whichever file, no line
 * of an earlier one follows anywhere in the account's books, but for the one write that was under way
 * then, to a file that no later run has written to, and never means an order. By the order in which the storage took them.
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
    const underWay = new Map<string, number>();
    const epochOfFile = new Map<string, number>();
    return written.flatMap((line): readonly Violation[] => {
      const epoch = Number(line.fields['epoch']);
      const before = latest;
      const beforeInFile = epochOfFile.get(line.path) ?? 0;
      latest = Math.max(latest, epoch);
      epochOfFile.set(line.path, Math.max(beforeInFile, epoch));
      if (epoch >= before) return [];
      const { host = '', number = 0 } = line.written ?? {};
      const isUnderWay =
        (underWay.get(host) ?? number) === number &&
        epoch >= beforeInFile &&
        textOf(line, 'type') !== 'order-intended';
      underWay.set(host, number);
      if (isUnderWay) return [];
      const facts = `${account}: ${line.written?.host ?? ''} wrote ${textOf(line, 'type')} of epoch ${epoch} to ${line.path} after epoch ${before} had begun`;
      return [{ promise: 'a run that lost its lease writes nothing', facts }];
    });
  });
}
