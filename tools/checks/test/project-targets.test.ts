import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

const files = repositoryFiles();
const projects = files
  .filter((path) => path.endsWith('/vitest.config.ts'))
  .map((path) => path.slice(0, -'/vitest.config.ts'.length));

interface Package {
  readonly nx?: { readonly targets?: Readonly<Record<string, unknown>> };
}

/** The tests of a project of which only a proof takes every case. */
const partly = (project: string): string[] =>
  files.filter(
    (path) =>
      path.startsWith(`${project}/`) &&
      path.endsWith('.test.ts') &&
      /^import \{[^}]*\bprovesAll\b/m.test(readRepositoryFile(path).text),
  );
const endsWith = (project: string, ending: string): boolean =>
  files.some((path) => path.startsWith(`${project}/`) && path.endsWith(ending));

/** Nx adds its defaults to targets that a project has, and runs nothing where there is none. */
it.each(projects)('%s has a target for every kind of test that it has', (project) => {
  const { nx } = JSON.parse(readRepositoryFile(`${project}/package.json`).text) as Package;
  const hasProofs = endsWith(project, '.prove.ts') || partly(project).length > 0;
  const targets = Object.keys(nx?.targets ?? {});
  expect(targets.includes('test')).toBe(endsWith(project, '.test.ts'));
  expect(targets.includes('prove')).toBe(hasProofs);
  expect(files.includes(`${project}/vitest.prove.config.ts`)).toBe(hasProofs);
});

it.each(projects)('%s has every test whose cases are taken partly among its proofs', (project) => {
  const tests = partly(project);
  if (tests.length === 0) return;
  const { text } = readRepositoryFile(`${project}/vitest.prove.config.ts`);
  expect(tests.filter((path) => !text.includes(basename(path, '.test.ts')))).toEqual([]);
});

it.each(projects)('%s has its own linter run and type check', (project) => {
  const { nx } = JSON.parse(readRepositoryFile(`${project}/package.json`).text) as Package;
  expect(Object.keys(nx?.targets ?? {})).toEqual(expect.arrayContaining(['lint', 'types']));
  expect(files).toContain(`${project}/tsconfig.types.json`);
});

it('finds the projects', () => {
  expect(projects).toEqual(expect.arrayContaining(['infra', 'libs/core', 'tools/checks']));
});
