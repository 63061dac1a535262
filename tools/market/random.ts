export { drawInteger, drawWeighted } from './lendingclub/generator/distributions.ts';
export { namedRandom, type Random } from './lendingclub/generator/random.ts';
