import type { ConfigProblem, Source } from '../problem.ts';
import type { Secret } from '../secret.ts';

/** What a layer holds for one key, before it is checked: text, lists and maps of text, or a secret. */
export type RawValue = string | Secret | readonly RawValue[] | RawMap | null;
export interface RawMap {
  readonly [name: string]: RawValue;
}

/** A value and where it stands. */
export interface RawEntry {
  /** Null takes back what a lower layer says. */
  readonly value: RawValue;
  readonly source: Source;
  /** Lines inside a list, by path (`0.url`), for files. */
  readonly lines?: ReadonlyMap<string, number>;
}

/** One layer: its values by dotted key (maps by entry), and what is wrong with it already. */
export interface RawLayer {
  readonly entries: ReadonlyMap<string, RawEntry>;
  readonly problems: readonly ConfigProblem[];
}
