import type { TableFormat } from '@mispriced/core';

/** One own data set, as a file holds it. */
interface OwnDataFile {
  readonly bytes: Uint8Array;
  readonly format: TableFormat;
}

/** What a preview's job works on, and the base's as well: the same for both, to the last byte. */
export interface PreviewInputs {
  /** An archived listing: a venue's answer in JSON. */
  readonly listing: Uint8Array;
  readonly ownData: ReadonlyMap<string, OwnDataFile>;
}
