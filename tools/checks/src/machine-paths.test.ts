import { describe, expect, it } from 'vitest';
import { foreignRegistries, machinePaths } from './machine-paths.ts';

// Put together here, so that this file itself names no machine's path.
const path = (...parts: readonly string[]) => ['', ...parts].join('/');

describe('machinePaths', () => {
  it.each([
    `see ${path('home', 'ada', 'notes')}`,
    `"${path('tmp', 'x')}"`,
    `file://${path('Users', 'ada')}`,
    ['C:', 'Users', 'ada'].join('\\'),
  ])('finds one in %s', (text) => {
    expect(machinePaths({ path: 'a.md', text: `first\n${text}` })).toHaveLength(1);
  });

  it.each(['docs/home/page', './tmp/x', 'https://example.com/work/x', '~/work/x', '/api/work'])(
    'leaves %s alone',
    (text) => {
      expect(machinePaths({ path: 'a.md', text })).toEqual([]);
    },
  );

  it('names file and line', () => {
    const [found] = machinePaths({ path: 'a.md', text: `one\n${path('root', 'x')}` });
    expect(found).toBe(`a.md:2 ${path('root', 'x')}`);
  });
});

it('finds the hosts that packages came from, other than the public registry', () => {
  const lock = [
    '"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz",',
    '"resolved": "https://packages.example.com/b.tgz",',
    '"resolved": "packages/local",',
  ].join('\n');
  expect(foreignRegistries(lock)).toEqual(['packages.example.com']);
});
