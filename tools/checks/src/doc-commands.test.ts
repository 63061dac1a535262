import { describe, expect, it } from 'vitest';
import { docCommands, withoutBuildCommands } from './doc-commands.ts';

const page = (...lines: readonly string[]) => ({ path: 'docs/page.md', text: lines.join('\n') });

describe('docCommands', () => {
  it('finds each command of a sh block with its line', () => {
    const text = page('# Page', '', '```sh', 'one', '', '# a comment', 'two --flag', '```', 'no');
    expect(docCommands(text)).toEqual([
      { path: 'docs/page.md', line: 4, command: 'one' },
      { path: 'docs/page.md', line: 7, command: 'two --flag' },
    ]);
  });

  it('joins a command that is written over several lines', () => {
    const text = page('```sh', 'one \\', '  --two \\', '  --three', 'four', '```');
    expect(docCommands(text).map(({ line, command }) => [line, command])).toEqual([
      [2, 'one --two --three'],
      [5, 'four'],
    ]);
  });

  it('leaves blocks of other languages alone, also where they show a fence', () => {
    const text = page('```json', '{}', '```', '````md', '```sh', 'no', '```', '````', '```', 'no');
    expect(docCommands(text)).toEqual([]);
  });

  it('finds a block inside a list', () => {
    expect(docCommands(page('1. first', '', '   ```sh', '   one', '   ```'))).toHaveLength(1);
  });
});

describe('withoutBuildCommands', () => {
  it.each([
    ['npm ci && npm start', 'npm start'],
    ['npm ci && npm test', null],
    ['npm start', 'npm start'],
    ['npm test-something', 'npm test-something'],
  ])('of %s leaves %s', (command, rest) => {
    expect(withoutBuildCommands(command)).toBe(rest);
  });
});
