import type { PlannedConduct } from '../history/history-plan.ts';
import { calmConduct, type Conduct } from '../market/conduct.ts';
import { conductBySeed } from '../market/conduct-by-seed.ts';
import type { Chance } from '../random/chance.ts';

/** A market's conduct as planned, until everything is calm. */
export function conductOf(planned: PlannedConduct, chance: Chance, isCalm: () => boolean): Conduct {
  const conduct =
    planned.kind === 'drawn' ? conductBySeed(chance, planned.profile) : writtenConduct(planned);
  const now = (): Conduct => (isCalm() ? calmConduct : conduct);
  return {
    longestTrailingMilliseconds: conduct.longestTrailingMilliseconds,
    order: (request) => now().order(request),
    // What an order is filled for was decided as it was sent.
    fill: (request, loanId) => conduct.fill(request, loanId),
    read: (request) => now().read(request),
  };
}

function writtenConduct(planned: Extract<PlannedConduct, { kind: 'written' }>): Conduct {
  const requests: number[] = [];
  return {
    longestTrailingMilliseconds: planned.read.trailingMilliseconds ?? 0,
    order: (request) => {
      if (!requests.includes(request)) requests.push(request);
      const index = Math.min(requests.indexOf(request), planned.orders.length - 1);
      return { ...calmConduct.order(request), ...planned.orders[index] };
    },
    fill: (request, loanId) => ({ ...calmConduct.fill(request, loanId), ...planned.fill }),
    read: (request) => ({ ...calmConduct.read(request), ...planned.read }),
  };
}
