import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { servedTypes } from './type-table.ts';

it('SUPPORT.md names every type that is served, and no other', async () => {
  const text = await readFile(new URL('../SUPPORT.md', import.meta.url), 'utf8');
  const row = /^\| resource types\s*\|(.*)\|$/m.exec(text)?.[1] ?? '';
  const named = [...row.matchAll(/`([^`]+)`/g)].map((match) => `azure-native:${match[1] ?? ''}`);
  expect(named.toSorted()).toEqual(servedTypes.toSorted());
});
