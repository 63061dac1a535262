import { unzipSync } from 'fflate';
import type { CheckProblem } from './problem.ts';

/** What a package may weigh, zipped: cold starts fetch all of it. */
export const sizeBudgetBytes = 25 * 1_000_000;

/** What one file weighs. */
export interface FileSize {
  readonly path: string;
  readonly bytes: number;
  readonly zippedBytes: number;
}

/** The files of a package, heaviest first. */
export function fileSizes(zip: Uint8Array): readonly FileSize[] {
  const sizes: FileSize[] = [];
  unzipSync(zip, {
    filter: ({ name, size, originalSize }) => {
      sizes.push({ path: name, bytes: originalSize, zippedBytes: size });
      return false;
    },
  });
  return sizes.sort((left, right) => right.zippedBytes - left.zippedBytes);
}

/** The heaviest files as a table. */
export function sizeTable(sizes: readonly FileSize[], rows = 10): string {
  const lines = sizes
    .slice(0, rows)
    .map(
      ({ path, bytes, zippedBytes }) => `${kilobytes(zippedBytes)} ${kilobytes(bytes)}  ${path}`,
    );
  return [`${'zipped'.padStart(12)} ${'unpacked'.padStart(12)}  file`, ...lines].join('\n');
}

/** Holds a package to the size budget. */
export function checkSize(zip: Uint8Array, budgetBytes = sizeBudgetBytes): readonly CheckProblem[] {
  if (zip.length <= budgetBytes) return [];
  return [
    {
      check: 'size',
      message: `The package weighs ${megabytes(zip.length)}, and ${megabytes(budgetBytes)} is the most:\n${sizeTable(fileSizes(zip))}`,
      fix: 'Take out what is big: import less, or read it from the store at run time.',
    },
  ];
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(12);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
