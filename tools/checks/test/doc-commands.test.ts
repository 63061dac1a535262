import { expect, it } from 'vitest';
import { buildCommands, docCommands } from '../src/doc-commands.ts';
import { readRepositoryFile } from '../src/repository.ts';
import { describePages } from './describe-pages.ts';

describePages({ whole: false });

it('finds the two commands that the README begins with', () => {
  const commands = docCommands(readRepositoryFile('README.md')).map(({ command }) => command);
  expect(commands.slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
});

it.each(buildCommands)('the build runs what is not run here: %s', (command) => {
  const lines = readRepositoryFile('.ci/run').text.split('\n');
  const isThis = (line: string): boolean => line === command || line.startsWith(`${command} `);
  expect(lines.filter(isThis)).toHaveLength(1);
});
