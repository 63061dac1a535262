import { expect, it } from 'vitest';
import { failureMessages, isListed } from '../src/failure-messages.ts';
import { readRepositoryFile, repositoryFiles } from '../src/repository.ts';

const { text: page } = readRepositoryFile('docs/deploy.md');
const messages = repositoryFiles()
  .filter((path) => /^tools\/deploy\/src\/.*(?<!\.test)\.ts$/.test(path))
  .flatMap((path) => failureMessages(readRepositoryFile(path).text));

it('finds what a deployment may fail with', () => {
  expect(messages.length).toBeGreaterThan(50);
});

it.each([...new Set(messages)])('docs/deploy.md lists: %s', (message) => {
  expect(isListed(page, message)).toBe(true);
});
