import { proveHistories } from '../prove-histories.ts';
import { mutatedProduct } from './mutated-product.ts';
import type { Mutation } from './mutations.ts';

/**
 * Plays histories with a fault put into the product until the judge says something that it does not
 * say of the product as it is.
 *
 * @returns What it said and after how many histories; null where it said nothing.
 */
export async function findMutation(
  mutation: Mutation,
): Promise<{ readonly played: number; readonly failure: string } | null> {
  const product = await mutatedProduct(mutation);
  for (let seed = 1; seed <= mutation.histories; seed += 1) {
    const one = { firstSeed: seed, count: 1, shrinks: false };
    const [failure] = (await proveHistories({ ...one, product })).failures;
    if (failure === undefined) continue;
    const asItIs = await proveHistories(one);
    if (asItIs.failures[0] !== failure) return { played: seed, failure };
  }
  return null;
}
