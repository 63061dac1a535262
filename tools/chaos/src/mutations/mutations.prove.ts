import { describe, expect, it } from 'vitest';
import { findMutation } from './find-mutation.ts';
import { mutations } from './mutations.ts';

describe('the judge finds a product in which', () => {
  it.each(mutations)('$name', { timeout: 1_800_000 }, async (mutation) => {
    const found = await findMutation(mutation);
    console.log(found === null ? 'not found' : `after ${found.played}: ${found.failure}`);
    expect(found).not.toBeNull();
    expect(found?.failure).not.toContain('can be played');
  });
});
