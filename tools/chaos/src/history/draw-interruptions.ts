import type { Chance } from '../random/chance.ts';
import type { Interruption } from '../time/host.ts';
import type { PlannedInterruption } from './history-plan.ts';

const hour = 3_600_000;

const unnoticed = {
  monotonic: 'stands-still',
  uptime: 'stands-still',
  wall: 'stands-still',
} as const;

/** The kinds of effects that a host can be interrupted at, and the most of them in a short run. */
const places: readonly (readonly [effect: string, most: number])[] = [
  ['', 80],
  ['market POST', 4],
  ['market POST', 2],
  ['market GET', 8],
  ['sleep', 10],
  ['every', 4],
  ['storage append-block', 12],
  ['storage put-append-blob', 2],
  ['storage put-block-blob', 6],
  ['storage get-blob', 8],
  ['storage list-blobs', 2],
  ['storage acquire-lease', 2],
  ['storage renew-lease', 12],
  ['storage release-lease', 1],
];

/** Draws what befalls a host: mostly nothing or one thing, now and then several. */
export function drawInterruptions(chance: Chance): readonly PlannedInterruption[] {
  const count = chance.weighted<number>([
    [0, 4],
    [1, 4],
    [2, 2],
    [3, 1],
  ]);
  return Array.from({ length: count }, (_, index) => {
    const stream = chance.split(index);
    const [effect, most] = stream.pick(places);
    return {
      effect,
      occurrence: stream.integer(1, most),
      moment: stream.pick(['before', 'after'] as const),
      interruption: drawInterruption(
        stream,
        stream.weighted<Interruption['kind']>([
          ['kill', 2],
          ['freeze', 4],
          ['step-clock', 2],
        ]),
      ),
    };
  });
}

/** Something of this kind that befalls a host. */
export function drawInterruption(chance: Chance, kind: Interruption['kind']): Interruption {
  if (kind === 'kill') return { kind };
  if (kind === 'step-clock') {
    const most = chance.pick([1000, 60_000, 3_600_000, 86_400_000, 10 * 86_400_000]);
    return { kind, milliseconds: chance.integer(-most, most) };
  }
  const longest = chance.pick([2000, 20_000, 60_000, 600_000, 6 * hour, 72 * hour]);
  const milliseconds = chance.integer(1, longest);
  // A machine may be suspended without any of its clocks noticing.
  if (chance.split('suspended').happens(0.2)) return { kind, milliseconds, ...unnoticed };
  return {
    kind,
    milliseconds,
    monotonic: chance.pick(['runs', 'stands-still'] as const),
    uptime: chance.pick(['runs', 'stands-still'] as const),
  };
}
