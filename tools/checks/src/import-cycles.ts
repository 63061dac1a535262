import { posix } from 'node:path';
import ts from 'typescript';
import type { TextFile } from './repository.ts';

/**
 * Groups of files that import each other in a circle, types included; none is what is wanted. The
 * linter's `import-x/no-cycle` does not follow imports of types.
 */
export function importCycles(files: readonly TextFile[]): readonly (readonly string[])[] {
  const paths = new Set(files.map(({ path }) => path));
  const imports = new Map(files.map((file) => [file.path, importsOf(file, paths)]));
  return circles(imports);
}

function importsOf({ path, text }: TextFile, paths: ReadonlySet<string>): readonly string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName))
    .filter((imported) => paths.has(imported));
}

/** The strongly connected parts of a graph that hold more than one node, by Tarjan's algorithm. */
function circles(graph: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const path: string[] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    let low = own;
    path.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (path.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    if (low === own) {
      const circle = path.splice(path.indexOf(node));
      if (circle.length > 1) found.push(circle.toSorted());
    }
    return low;
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}
