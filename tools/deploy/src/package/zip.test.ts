import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unzipFiles, zipFiles } from './zip.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a zip file', () => {
  it('is the same whatever the order of its files', () => {
    const files: [string, Uint8Array][] = [
      ['a/b.js', bytes('1')],
      ['B.js', bytes('2')],
    ];
    const one = zipFiles(new Map(files));
    expect(zipFiles(new Map(files.toReversed()))).toEqual(one);
    expect([...unzipFiles(one)]).toEqual([
      ['B.js', bytes('2')],
      ['a/b.js', bytes('1')],
    ]);
  });

  it.each(['../outside.js', '/etc/passwd', 'a/../../b', 'a\\b'])('is refused with %s', (path) => {
    expect(() => unzipFiles(zipSync({ [path]: bytes('x') }))).toThrow(path);
  });

  it('is refused when it is cut off', () => {
    const whole = zipFiles(new Map([['a.js', bytes('abc')]]));
    expect(() => unzipFiles(whole.subarray(0, whole.length - 10))).toThrow('no zip file');
  });
});
