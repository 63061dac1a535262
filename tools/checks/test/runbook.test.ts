import { errorOwners, type ErrorCode } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { readRepositoryFile } from '../src/repository.ts';
import { codeHeadings, sectionLines } from '../src/word-lists.ts';

const { text } = readRepositoryFile('docs/runbook.md');
const codes = Object.keys(errorOwners) as readonly ErrorCode[];

/** How the runbook says whose an error is. */
const whose = { user: 'yours', venue: 'the market’s', platform: 'the platform’s', ours: 'ours' };

describe('docs/runbook.md', () => {
  it('has every error code once, and no other, in the order of the alphabet', () => {
    expect(codeHeadings(text)).toEqual([...codes].toSorted());
  });

  it.each(codes)('says of %s whose it is, what it means and what to do', (code) => {
    const lines = sectionLines(text, `\`${code}\``);
    expect(lines.join('\n')).toContain(`Whose: ${whose[errorOwners[code]]}.`);
    for (const part of ['**Means:** ', '**Do:** ']) {
      expect(lines.filter((line) => line.startsWith(part) && line.length > 40)).toHaveLength(1);
    }
  });
});
