import { expect, it } from 'vitest';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

const files = repositoryFiles();
const projects = files
  .filter((path) => path.endsWith('/vitest.config.ts'))
  .map((path) => path.slice(0, -'/vitest.config.ts'.length));

interface Package {
  readonly nx?: { readonly targets?: Readonly<Record<string, unknown>> };
}

/** Nx adds its defaults to targets that a project has, and runs nothing where there is none. */
it.each(projects)('%s has a target for every kind of test that it has', (project) => {
  const { nx } = JSON.parse(readRepositoryFile(`${project}/package.json`).text) as Package;
  const targets = Object.keys(nx?.targets ?? {});
  for (const [ending, target] of [
    ['.test.ts', 'test'],
    ['.prove.ts', 'prove'],
  ] as const) {
    const isTested = files.some((path) => path.startsWith(`${project}/`) && path.endsWith(ending));
    expect([target, targets.includes(target)]).toEqual([target, isTested]);
  }
});

it.each(projects)('%s can be proven if it has proofs', (project) => {
  const hasProofs = files.some(
    (path) => path.startsWith(`${project}/`) && path.endsWith('.prove.ts'),
  );
  expect(files.includes(`${project}/vitest.prove.config.ts`)).toBe(hasProofs);
});

it.each(projects)('%s has its own linter run and type check', (project) => {
  const { nx } = JSON.parse(readRepositoryFile(`${project}/package.json`).text) as Package;
  expect(Object.keys(nx?.targets ?? {})).toEqual(expect.arrayContaining(['lint', 'types']));
  expect(files).toContain(`${project}/tsconfig.types.json`);
});

it('finds the projects', () => {
  expect(projects).toEqual(expect.arrayContaining(['infra', 'libs/core', 'tools/checks']));
});
