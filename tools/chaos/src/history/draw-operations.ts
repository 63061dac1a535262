import type { Chance } from '../random/chance.ts';
import type { HistoryPlan, PlannedOperation } from './history-plan.ts';

const day = 86_400_000;

/** What people do to the product in a history. */
export function drawOperations(
  chance: Chance,
  given: Pick<HistoryPlan, 'runs' | 'person' | 'firstLedger'>,
): readonly PlannedOperation[] {
  const { runs } = given;
  const count = chance.weighted<number>([
    [0, 3],
    [1, 2],
    [2, 2],
    [4, 1],
  ]);
  const drawn = Array.from({ length: count }, (_, index): PlannedOperation => {
    const stream = chance.split(index);
    const near = stream.pick(runs);
    const deed = stream.pick(['halt', 'resume', 'reconcile', 'close', 'accept-missing'] as const);
    const longest = deed === 'close' ? day / 2 : stream.pick([15_000, 600_000]);
    return {
      host: `person-${index + 1}`,
      afterMilliseconds: near.afterMilliseconds + stream.integer(0, longest),
      deed,
      account: near.account,
    };
  });
  // Where all is over, a person may know of what is open that it was never bought.
  const afterMilliseconds = Math.max(...runs.map((run) => run.afterMilliseconds)) + day / 3;
  const close = { host: 'person-0', afterMilliseconds, deed: 'close', account: 'main' } as const;
  return [
    ...(chance.split('close').happens(0.4) ? [close] : []),
    ...drawn,
    ...drawAcceptances(chance.split('accept'), given.person),
    ...drawMigration(chance.split('migrate'), given),
  ];
}

/** Who has sold says so, sooner or later: until then no run buys anything. */
function drawAcceptances(
  chance: Chance,
  person: HistoryPlan['person'],
): readonly PlannedOperation[] {
  const sales = person.filter(({ deed }) => deed === 'sold');
  return sales
    .filter((_, index) => chance.split(index).happens(0.7))
    .map(({ atMilliseconds }, index) => ({
      host: `seller-${index + 1}`,
      afterMilliseconds: atMilliseconds + chance.split(`after ${index}`).pick([60_000, 1_800_000]),
      deed: 'accept-missing',
      account: 'main',
    }));
}

function drawMigration(
  chance: Chance,
  { runs, firstLedger }: Pick<HistoryPlan, 'runs' | 'firstLedger'>,
): readonly PlannedOperation[] {
  if (firstLedger === null || !chance.happens(0.8)) return [];
  const near = chance.pick(runs).afterMilliseconds + chance.integer(-60_000, 600_000);
  const afterMilliseconds = chance.split('first').happens(0.5) ? 0 : Math.max(0, near);
  return [{ host: 'migrator', afterMilliseconds, deed: 'migrate', account: 'main' }];
}
