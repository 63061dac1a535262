import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearest } from './words.ts';

const words = ['threshold', 'late_policy', 'mode', 'timeout_seconds'];

describe('the nearest word', () => {
  it.each([
    ['treshold', 'threshold'],
    ['thresohld', 'threshold'],
    ['MODE', 'mode'],
    ['latepolicy', 'late_policy'],
    ['timeout_second', 'timeout_seconds'],
  ])('to %s is %s', (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });

  it('is none where all are far off', () => {
    expect(nearest('zebra', words)).toBeUndefined();
    expect(nearest('', words)).toBeUndefined();
    expect(nearest('x'.repeat(10_000), words)).toBeUndefined();
  });

  it('to a word with one slip is that word', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat(), (word, place) => {
        const at = place % word.length;
        expect(nearest(word.slice(0, at) + word.slice(at + 1), words)).toBe(word);
        expect(nearest(`${word.slice(0, at)}#${word.slice(at)}`, words)).toBe(word);
      }),
    );
  });
});
