import type { RawLine } from '../read-lines.ts';

/** The fields of a line, and where and by whom it was written. */
export type GivenLine = Readonly<Record<string, unknown>> & {
  readonly path?: string;
  readonly host?: string;
};

/** Lines of one file, each written by itself, one after another. */
export function rawLines(...all: readonly GivenLine[]): readonly RawLine[] {
  return all.map(({ path = 'main/2010-12.jsonl', host = 'first', ...fields }, index) => ({
    path,
    offset: index * 100,
    fields: { runId: 'a run', epoch: 1, ...fields },
    written: { host, atMilliseconds: index * 1000, number: index },
  }));
}
