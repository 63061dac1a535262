/** What a frozen host's clocks do: a stopped process misses nothing, a suspended machine may. */
export interface FreezeEffect {
  /** CLOCK_MONOTONIC, which timers go by: Linux lets it miss the time a machine is suspended. */
  readonly monotonic: 'runs' | 'stands-still';
  /** CLOCK_BOOTTIME, which `os.uptime()` reads: it misses what the machine was not told of. */
  readonly uptime: 'runs' | 'stands-still';
  /** The wall clock, which runs unless given: a machine that nobody tells the time when it wakes. */
  readonly wall?: 'runs' | 'stands-still';
}

/** The clocks of one host. Each method is told the true time. */
export interface HostClocks {
  wallMilliseconds(trueMilliseconds: number): number;
  monotonicMilliseconds(trueMilliseconds: number): number;
  uptimeSeconds(trueMilliseconds: number): number;
  /** Moves the wall clock, forwards or back. */
  step(milliseconds: number): void;
  freeze(trueMilliseconds: number, effect: FreezeEffect): void;
  thaw(trueMilliseconds: number): void;
}

/** Clocks of a host that started now. */
export function createHostClocks(args: {
  readonly startedAtMilliseconds: number;
  /** How far the wall clock is ahead of the true time. */
  readonly wallOffsetMilliseconds: number;
  /** How long the machine had been up before. */
  readonly uptimeMilliseconds: number;
}): HostClocks {
  let offset = args.wallOffsetMilliseconds;
  let frozen: { readonly since: number; readonly effect: FreezeEffect } | null = null;
  const missed = { monotonic: 0, uptime: 0, wall: 0 };
  const missedBy = (clock: 'monotonic' | 'uptime' | 'wall', now: number): number => {
    const stands = frozen?.effect[clock] === 'stands-still';
    return missed[clock] + (stands ? now - (frozen?.since ?? now) : 0);
  };
  return {
    wallMilliseconds: (now) => now + offset - missedBy('wall', now),
    monotonicMilliseconds: (now) => now - args.startedAtMilliseconds - missedBy('monotonic', now),
    uptimeSeconds: (now) =>
      (args.uptimeMilliseconds + now - args.startedAtMilliseconds - missedBy('uptime', now)) / 1000,
    step(milliseconds) {
      offset += milliseconds;
    },
    freeze(now, effect) {
      frozen = { since: now, effect };
    },
    thaw(now) {
      missed.monotonic = missedBy('monotonic', now);
      missed.uptime = missedBy('uptime', now);
      missed.wall = missedBy('wall', now);
      frozen = null;
    },
  };
}
