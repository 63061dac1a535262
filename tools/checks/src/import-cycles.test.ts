import { expect, it } from 'vitest';
import { importCycles } from './import-cycles.ts';

const file = (path: string, text: string) => ({ path, text });

it('finds files that import each other, be it for a type, and no others', () => {
  const files = [
    file('src/index.ts', "export * from './a/first.ts';"),
    file('src/a/first.ts', "import type { Second } from '../second.ts';"),
    file('src/second.ts', "import { third } from './third.ts'; import 'node:fs';"),
    file('src/third.ts', "export type { First } from './a/first.ts';"),
    file('src/alone.ts', "import './second.ts';"),
  ];
  expect(importCycles(files)).toEqual([['src/a/first.ts', 'src/second.ts', 'src/third.ts']]);
});
