/** Something that happens at a moment. */
export interface TimedEvent {
  readonly atMilliseconds: number;
  /** Puts events of one moment into order: the seed's choice, 0 up to but without 1. */
  readonly tie: number;
  readonly sequence: number;
  /** Whether the history may end before it. */
  readonly isBackground: boolean;
  readonly act: () => void;
}

/** Events to come, the earliest first. */
export interface EventQueue {
  add(event: TimedEvent): void;
  /** Takes an event out before its time; does nothing where it is out already. */
  cancel(event: TimedEvent): void;
  /** The earliest; null where there is none. */
  peek(): TimedEvent | null;
  take(): TimedEvent | null;
  /** How many there are that the history may not end before. */
  readonly foreground: number;
}

/** An empty queue: a binary heap, in which cancelled events stay until they come to the top. */
export function createEventQueue(): EventQueue {
  const heap: TimedEvent[] = [];
  const present = new Set<TimedEvent>();
  let foreground = 0;

  const remove = (event: TimedEvent): void => {
    if (present.delete(event) && !event.isBackground) foreground -= 1;
  };
  const peek = (): TimedEvent | null => {
    for (;;) {
      const top = heap[0];
      if (top === undefined) return null;
      if (present.has(top)) return top;
      removeTop(heap);
    }
  };
  return {
    add(event) {
      present.add(event);
      if (!event.isBackground) foreground += 1;
      heap.push(event);
      riseFromEnd(heap);
    },
    cancel: remove,
    peek,
    take() {
      const top = peek();
      if (top === null) return null;
      removeTop(heap);
      remove(top);
      return top;
    },
    get foreground() {
      return foreground;
    },
  };
}

function isBefore(one: TimedEvent, other: TimedEvent): boolean {
  if (one.atMilliseconds !== other.atMilliseconds) return one.atMilliseconds < other.atMilliseconds;
  if (one.tie !== other.tie) return one.tie < other.tie;
  return one.sequence < other.sequence;
}

function riseFromEnd(heap: TimedEvent[]): void {
  for (let child = heap.length - 1; child > 0;) {
    const parent = (child - 1) >> 1;
    if (!swapIfBefore(heap, child, parent)) return;
    child = parent;
  }
}

function removeTop(heap: TimedEvent[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  for (let parent = 0; ;) {
    const left = 2 * parent + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) return;
    const child = other !== undefined && isBefore(other, one) ? left + 1 : left;
    if (!swapIfBefore(heap, child, parent)) return;
    parent = child;
  }
}

function swapIfBefore(heap: TimedEvent[], child: number, parent: number): boolean {
  const [lower, upper] = [heap[child], heap[parent]];
  if (lower === undefined || upper === undefined || !isBefore(lower, upper)) return false;
  heap[child] = upper;
  heap[parent] = lower;
  return true;
}
