import type { Chance } from '../random/chance.ts';
import {
  drawFault,
  faultKinds,
  storageOperationsOfRuns,
  type FaultKind,
  type PlannedFault,
  type StorageOperation,
} from '../storage/index.ts';
import type { Interruption } from '../time/host.ts';
import { drawInterruption } from './draw-interruptions.ts';
import type { PlannedInterruption, PlannedRun } from './history-plan.ts';

/** The operations of a host that something can befall. */
export const interruptedOperations: readonly string[] = [
  'market POST',
  'market GET',
  'sleep',
  'every',
  ...storageOperationsOfRuns.map((operation) => `storage ${operation}`),
];

export const interruptionKinds: readonly Interruption['kind'][] = ['kill', 'freeze', 'step-clock'];

/** Asked once in a run, or only after another fault. */
const seldomAsked = ['put-append-blob', 'get-blob-properties', 'release-lease'] as const;

const storagePairs = [...storageOperationsOfRuns, ...seldomAsked].flatMap((operation) =>
  faultKinds
    .filter((kind) => kind !== 'answer-cut' || operation === 'get-blob')
    .map((kind) => [operation, kind] as const),
);

/** A run comes to these once or never, so that they are tried oftener. */
const seldom: readonly string[] = [
  'every',
  'market POST',
  'market POST',
  'storage put-append-blob',
  'storage put-append-blob',
  'storage get-blob-properties',
  'storage get-blob-properties',
];

const hostPairs = [...interruptedOperations, ...seldom].flatMap((operation) =>
  interruptionKinds.flatMap((kind) =>
    (['before', 'after'] as const).map((moment) => [operation, kind, moment] as const),
  ),
);

/** What the SDK repeats, and gives up after its fourth try. */
const repeated: readonly FaultKind[] = ['busy', 'internal-error', 'never-arrives'];

/**
 * Faults that chance alone would reach too seldom: each pair of fault and operation comes up in turn, by
 * the seed.
 */
export function drawFocus(
  seed: number,
  chance: Chance,
): {
  readonly storageFaults: readonly PlannedFault[];
  /** Of one of the history's runs. */
  readonly interruptions: PlannedRun['interruptions'];
} {
  const [operation, kind] = inTurn(storagePairs, seed);
  const other = inTurn(storagePairs, seed * 7 + 3);
  const third = inTurn(storagePairs, seed * 13 + 5);
  const outlasted = inTurn(storageOperationsOfRuns, seed);
  const interruptions = [0, 1, 2, 3, 4].map((index): PlannedInterruption => {
    const stream = chance.split(`host ${index}`);
    const [effect, befalls, moment] = inTurn(hostPairs, seed * 11 + index * 31);
    const occurrence = isOncePerRun(effect) ? 1 : stream.integer(1, 2);
    return { effect, occurrence, moment, interruption: drawInterruption(stream, befalls) };
  });
  const looksBack =
    [operation, other[0], third[0], outlasted].includes('get-blob-properties') ||
    interruptions.some(({ effect }) => effect.endsWith('get-blob-properties'));
  return {
    storageFaults: [
      planned(chance.split('storage'), operation, kind),
      planned(chance.split('other'), ...other),
      planned(chance.split('third'), ...third),
      ...(chance.split('outlasted').happens(0.7)
        ? [
            {
              ...planned(chance.split('row'), outlasted, chance.split('kind').pick(repeated)),
              times: 4,
            },
          ]
        : []),
      // A store looks back only where it did not learn what became of an append.
      ...(looksBack
        ? Array.from({ length: 8 }, (_, index) => lostAppend(chance.split(`lost ${index}`)))
        : []),
    ],
    interruptions,
  };
}

function lostAppend(chance: Chance): PlannedFault {
  return {
    fault: { kind: 'answer-lost' },
    where: { operation: 'append-block' },
    after: chance.integer(0, 20),
  };
}

function isOncePerRun(effect: string): boolean {
  return effect === 'market POST' || effect.endsWith('get-blob-properties');
}

function isSeldom(operation: StorageOperation): boolean {
  return seldomAsked.some((each) => each === operation);
}

function planned(chance: Chance, operation: StorageOperation, kind: FaultKind): PlannedFault {
  return {
    fault: drawFault(chance, kind),
    where: { operation },
    after: isSeldom(operation) ? 0 : chance.integer(0, 2),
    times: chance.integer(1, 2),
  };
}

function inTurn<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new RangeError('There is nothing to take turns.');
  return item;
}
