import { describe, expect, it } from 'vitest';
import { codeHeadings, listedWords, sectionLines } from './word-lists.ts';

const page = [
  '# Page',
  '',
  '## Options',
  '',
  '| option | meaning |',
  '| --- | --- |',
  '| `--mode MODE` | with `code` |',
  '| `--json` | |',
  '| words | |',
  '',
  '### More',
  '| `--more` | |',
  '## `CODE`',
  '| `other` | |',
].join('\n');

describe('listedWords', () => {
  it('takes the first cells of a section, the sections below it included', () => {
    expect(listedWords(page, 'Options')).toEqual(['--mode', '--json', '--more']);
  });

  it('refuses a heading that is not there', () => {
    expect(() => listedWords(page, 'Choices')).toThrow('There is no heading "Choices".');
  });
});

it('finds headings that are one word of code, and what stands under them', () => {
  expect(codeHeadings(page)).toEqual(['CODE']);
  expect(sectionLines(page, '`CODE`')).toEqual(['| `other` | |']);
});
