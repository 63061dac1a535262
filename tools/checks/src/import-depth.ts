import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The files that a file imports by a relative path, types included. */
function importsOf(file: string): readonly string[] {
  return ts
    .preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => join(dirname(file), name))
    .filter((path) => existsSync(path));
}

/**
 * The longest way down from a file by relative imports, itself first: what somebody reads at worst
 * before a line of it is understood.
 *
 * @throws Error for files that import one another in a circle.
 */
export function longestImportChain(file: string): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const chainFrom = (from: string, above: readonly string[]): readonly string[] => {
    const done = known.get(from);
    if (done) return done;
    if (above.includes(from)) throw new Error(`A circle of imports: ${[...above, from].join(' ')}`);
    const below = importsOf(from).map((each) => chainFrom(each, [...above, from]));
    const longest = below.toSorted((a, b) => b.length - a.length)[0] ?? [];
    const chain = [from, ...longest];
    known.set(from, chain);
    return chain;
  };
  return chainFrom(file, []);
}
