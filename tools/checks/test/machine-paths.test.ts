import { expect, it } from 'vitest';
import { foreignRegistries, machinePaths } from '../src/machine-paths.ts';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

const isBinary = /\.(onnx|png|gz|parquet|ico)$/;

it('no file names a place of somebody’s machine', () => {
  const files = repositoryFiles().filter(
    (path) => !isBinary.test(path) && path !== 'package-lock.json',
  );
  expect(files.flatMap((path) => machinePaths(readRepositoryFile(path)))).toEqual([]);
});

it('packages come from the public registry', () => {
  expect(foreignRegistries(readRepositoryFile('package-lock.json').text)).toEqual([]);
});

it('npm is told no registry', () => {
  expect(readRepositoryFile('.npmrc').text).not.toMatch(/registry/);
});
