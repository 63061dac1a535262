import { describe, expect, it } from 'vitest';
import { headingNames, relativeLinks } from './relative-links.ts';

const page = (text: string) => ({ path: 'docs/page.md', text });

describe('relativeLinks', () => {
  it('resolves links and pictures against the page', () => {
    const found = relativeLinks(
      page('[a](../README.md), ![b](images/b.png)\n<img src="images/c.png"> [d](decisions/)'),
    );
    expect(found.map(({ line, path }) => [line, path])).toEqual([
      [1, 'README.md'],
      [1, 'docs/images/b.png'],
      [2, 'docs/decisions'],
      [2, 'docs/images/c.png'],
    ]);
  });

  it('keeps the heading, of another page or its own', () => {
    const found = relativeLinks(page('[a](run.md#its-json) [b](#here)'));
    expect(found.map(({ path, heading }) => [path, heading])).toEqual([
      ['docs/run.md', 'its-json'],
      ['docs/page.md', 'here'],
    ]);
  });

  it('leaves out what is elsewhere and what is code', () => {
    const text = '[a](https://example.com) [b](mailto:a@example.com)\n```\n[c](no.md)\n```\n';
    expect(relativeLinks(page(text))).toEqual([]);
  });
});

it('names headings as GitHub does', () => {
  expect(headingNames('# What a *run* does\n\n## `LISTING_EMPTY`\n```\n# no\n```\n')).toEqual([
    'what-a-run-does',
    'listing_empty',
  ]);
});
