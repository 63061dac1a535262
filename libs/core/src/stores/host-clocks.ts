/** The clocks of one host, in milliseconds. None of them is right alone. */
export interface HostClocks {
  /** May step in both directions. */
  readonly wall: () => number;
  /** Never goes back; may stand still while the machine is suspended. */
  readonly monotonic: () => number;
  /** Since the machine began, suspensions included where the system counts them. */
  readonly uptime: () => number;
}

/** One clock for all three: for tools that are given the time as one. */
export function oneClock(now: () => Date): HostClocks {
  const milliseconds = (): number => now().getTime();
  return { wall: milliseconds, monotonic: milliseconds, uptime: milliseconds };
}

/** How long something took, by clocks that may disagree, in milliseconds. */
export interface Elapsed {
  /** The most that any clock saw: for what must not be used too long. */
  readonly most: () => number;
  /** The least of the clocks that never step: for what must not be believed too early. */
  readonly least: () => number;
}

/** Begins to measure. */
export function startStopwatch(clocks: HostClocks): Elapsed {
  const wall = clocks.wall();
  const monotonic = clocks.monotonic();
  const uptime = clocks.uptime();
  const steady = (): [number, number] => [clocks.monotonic() - monotonic, clocks.uptime() - uptime];
  return {
    most: () => Math.max(clocks.wall() - wall, ...steady()),
    least: () => Math.max(0, Math.min(...steady())),
  };
}
