import type { Chance } from '../random/chance.ts';
import { createEventQueue, type TimedEvent } from './event-queue.ts';
import { createHost, type HostOnTimeline, type HostOptions } from './create-host.ts';
import type { Host } from './host.ts';
import type { Kernel, Scheduled } from './kernel.ts';
import { settleProcess } from './settle-process.ts';
import { endless, nothingLeft } from './time-errors.ts';
import type { TraceEntry } from './trace-entry.ts';

/** One true time line for several hosts and the world around them. Nothing waits on a real timer. */
export interface VirtualTime {
  /** The true time, milliseconds since 1970. */
  nowMilliseconds(): number;
  /** Lets something happen in the world at a moment. @returns Takes it back. */
  schedule(event: Scheduled): () => void;
  /** Waits for true time: for a world that works with promises. No host may use it. */
  sleep(milliseconds: number): Promise<void>;
  addHost(options: HostOptions): Host;
  /**
   * Lets events happen, one after another, each followed by all that it sets off without waiting,
   * until no program runs any more and nothing but background is left.
   *
   * @param args.untilMilliseconds Where it stops at the latest, true time; it can be called again.
   * @throws MispricedError `INTERNAL` where a host acted on real time, where programs wait for what
   * never comes, and where the history does not end.
   */
  run(args?: { readonly untilMilliseconds?: number }): Promise<void>;
  /** What happened on the hosts so far, oldest first. */
  readonly trace: readonly TraceEntry[];
}

/** A time line. Everything about it is a pure function of its chance and of what is done on it. */
export function createVirtualTime(args: {
  readonly startsAtMilliseconds: number;
  /** Decides the order of what falls on one moment, and how late timers are. */
  readonly chance: Chance;
  /** Milliseconds by which timers fire late; early where negative. 0 unless given. */
  readonly timerJitterMilliseconds?: readonly [least: number, most: number];
  /** Events after which the history counts as endless; a million unless given. */
  readonly mostEvents?: number;
}): VirtualTime {
  const { timerJitterMilliseconds: jitter = [0, 0], mostEvents = 1_000_000 } = args;
  const ties = args.chance.split('ties');
  const jitters = args.chance.split('jitter');
  const queue = createEventQueue();
  const hosts: HostOnTimeline[] = [];
  const trace: TraceEntry[] = [];
  const realWorks: Parameters<Kernel['addRealWork']>[0][] = [];
  let now = args.startsAtMilliseconds;
  let turn: string | null = null;
  let tasks = 0;
  let events = 0;
  let sequence = 0;
  let failure: Error | null = null;

  const kernel: Kernel = {
    nowMilliseconds: () => now,
    schedule({ atMilliseconds, isBackground = false, act }) {
      sequence += 1;
      const at = Math.max(now, atMilliseconds);
      const event = { atMilliseconds: at, tie: ties.next(), sequence, isBackground, act };
      queue.add(event);
      return () => {
        queue.cancel(event);
      };
    },
    takeTurn(host) {
      turn = host;
    },
    hasTurn: (host) => turn === host,
    addRealWork: (work) => realWorks.push(work),
    countTask(change) {
      tasks += change;
    },
    record: (entry) => trace.push({ atMilliseconds: now, ...entry }),
    drawTimerJitter: () => jitters.integer(...jitter),
    fail(error) {
      failure ??= error;
    },
  };

  /** Everything that the last event set off, to its end; real works in the order of their start. */
  const settle = async (): Promise<void> => {
    for (;;) {
      await settleProcess();
      if (failure !== null) throw failure;
      const work = realWorks.shift();
      if (work === undefined) return;
      await work.done;
      work.deliver();
    }
  };
  const happen = async (event: TimedEvent): Promise<void> => {
    events += 1;
    if (events > mostEvents) throw endless(mostEvents);
    now = event.atMilliseconds;
    turn = null;
    event.act();
    await settle();
  };

  return {
    nowMilliseconds: () => now,
    schedule: (event) => kernel.schedule(event),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        kernel.schedule({ atMilliseconds: now + milliseconds, act: resolve });
      }),
    addHost(options) {
      const added = createHost(kernel, options);
      hosts.push(added);
      return added.host;
    },
    async run({ untilMilliseconds = Number.POSITIVE_INFINITY } = {}) {
      await settle();
      for (;;) {
        if (tasks === 0 && queue.foreground === 0) return;
        const next = queue.peek();
        if (next === null) throw nothingLeft(hosts.flatMap((host) => host.unfinished()));
        if (next.atMilliseconds > untilMilliseconds) {
          now = Math.max(now, untilMilliseconds);
          return;
        }
        queue.take();
        await happen(next);
      }
    },
    trace,
  };
}
