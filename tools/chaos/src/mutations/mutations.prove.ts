import { describe, expect, it } from 'vitest';
import { proveHistories } from '../prove-histories.ts';
import { mutatedProduct } from './mutated-product.ts';
import { mutations } from './mutations.ts';

describe('the judge finds a product in which', () => {
  it.each(mutations)('$name', { timeout: 1_800_000 }, async (mutation) => {
    const { failures, played } = await proveHistories({
      firstSeed: 1,
      count: mutation.histories,
      product: await mutatedProduct(mutation),
      stopAfter: 1,
      shrinks: false,
    });
    console.log(`after ${played}: ${failures[0] ?? 'not found'}`);
    expect(failures).toHaveLength(1);
    expect(failures[0]).not.toContain('can be played');
  });
});
