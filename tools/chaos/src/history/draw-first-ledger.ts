import type { Chance } from '../random/chance.ts';
import type { EarlierOrder, FirstLedger } from './history-plan.ts';

/** Mostly none: it keeps runs from buying until it is carried over. */
export function drawFirstLedger(chance: Chance): FirstLedger | null {
  if (!chance.happens(0.08)) return null;
  const orders = Array.from({ length: chance.integer(1, 4) }, (_, index): EarlierOrder => {
    const stream = chance.split(index);
    return {
      loanId: 101 + index,
      // What is no multiple of 25 the market has rounded up.
      dollars: stream.pick([25, 50, 75, 30, 40]),
      end: stream.pick(['filled', 'filled', 'refused', 'lost', 'never-sent'] as const),
    };
  });
  // It is named after the strategy, which may be called otherwise by now.
  return { strategy: chance.split('name').pick(['lending', 'former']), orders };
}
