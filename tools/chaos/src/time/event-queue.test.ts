import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventQueue, type TimedEvent } from './event-queue.ts';

function event(atMilliseconds: number, tie = 0, sequence = 0, isBackground = false): TimedEvent {
  return { atMilliseconds, tie, sequence, isBackground, act: () => undefined };
}

describe('createEventQueue', () => {
  it('gives events back by moment, tie and sequence, without those that were cancelled', () => {
    const moment = fc.tuple(
      fc.integer({ min: 0, max: 20 }),
      fc.constantFrom(0, 0.5),
      fc.boolean(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 60 }), (moments) => {
        const queue = createEventQueue();
        const events = moments.map(([at, tie, isBackground, isCancelled], sequence) => ({
          event: event(at, tie, sequence, isBackground),
          isCancelled,
        }));
        for (const { event: added } of events) queue.add(added);
        for (const { event: added, isCancelled } of events) if (isCancelled) queue.cancel(added);
        const expected = events
          .filter(({ isCancelled }) => !isCancelled)
          .map(({ event: kept }) => kept)
          .toSorted(
            (a, b) =>
              a.atMilliseconds - b.atMilliseconds || a.tie - b.tie || a.sequence - b.sequence,
          );
        expect(queue.foreground).toBe(expected.filter((kept) => !kept.isBackground).length);
        const taken: TimedEvent[] = [];
        for (let next = queue.take(); next !== null; next = queue.take()) taken.push(next);
        expect(taken).toEqual(expected);
        expect(queue.foreground).toBe(0);
      }),
    );
  });

  it('counts an event once, however often it is cancelled', () => {
    const queue = createEventQueue();
    const [first, second] = [event(1), event(2)];
    queue.add(first);
    queue.add(second);
    queue.cancel(first);
    queue.cancel(first);
    expect(queue.foreground).toBe(1);
    expect(queue.peek()).toBe(second);
    expect(queue.take()).toBe(second);
    queue.cancel(second);
    expect(queue.foreground).toBe(0);
    expect(queue.take()).toBeNull();
  });
});
