import type { PlayedHistory } from '../play/played-history.ts';
import type { Violation } from './violation.ts';

/** What the store said was written is there, at its place. */
export function checkAcknowledged(history: PlayedHistory): readonly Violation[] {
  return history.acknowledged.flatMap(({ host, path, offset, text }) => {
    const file = Buffer.from(history.ledger.get(path) ?? '');
    const there = file.subarray(offset, offset + Buffer.byteLength(text)).toString();
    if (there === text) return [];
    return [{ promise: 'no line is lost', facts: `${path} at ${offset}: lines of ${host}` }];
  });
}
