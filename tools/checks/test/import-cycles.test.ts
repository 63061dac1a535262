import { expect, it } from 'vitest';
import { importCycles } from '../src/import-cycles.ts';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

it('no files import each other in a circle, not even for a type', () => {
  const sources = repositoryFiles().filter((path) => /(?<!\.d)\.m?ts$/.test(path));
  expect(importCycles(sources.map(readRepositoryFile))).toEqual([]);
});
