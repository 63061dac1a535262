import { describe, expect, it } from 'vitest';
import { zipFiles } from '../package/zip.ts';
import { checkSize, fileSizes } from './check-size.ts';

const zip = zipFiles(
  new Map([
    ['small.js', new Uint8Array(10)],
    ['big.bin', Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)],
  ]),
);

describe('checkSize', () => {
  it('is content within the budget', () => {
    expect(checkSize(zip)).toEqual([]);
    expect(checkSize(zip, zip.length)).toEqual([]);
  });

  it('names what is big, heaviest first', () => {
    const [problem] = checkSize(zip, zip.length - 1);
    expect(problem?.message).toMatch(/big\.bin[\s\S]*small\.js/);
    expect(fileSizes(zip).map(({ path, bytes }) => [path, bytes])).toEqual([
      ['big.bin', 5000],
      ['small.js', 10],
    ]);
  });
});
