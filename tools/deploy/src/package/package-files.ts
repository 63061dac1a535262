/** Files of a package by their path inside it, always with `/`. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** The files in the order of their paths as text, whatever the locale. */
export function sortedFiles(files: PackageFiles): readonly (readonly [string, Uint8Array])[] {
  return [...files].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}
