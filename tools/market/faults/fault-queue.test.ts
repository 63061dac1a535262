import { describe, expect, it } from 'vitest';
import { createFaultQueue } from './fault-queue.ts';

const api = {
  base: '/api',
  routes: [
    { method: 'POST', path: '/accounts/{id}/orders' },
    { method: 'GET', path: '/accounts/{id}/notes' },
  ],
};
const orders = 'POST /accounts/{id}/orders';
const notes = 'GET /accounts/{id}/notes';

function queueOf(faults: readonly object[]) {
  const queue = createFaultQueue(api, { route: 'POST /orders', kinds: ['system-busy', 'vanish'] });
  queue.replace(queue.schema.parse(faults));
  return queue;
}

describe('createFaultQueue', () => {
  it('plays a fault as often as it was told, on its route only', () => {
    const queue = queueOf([{ route: 'POST /orders', fault: 'lost-answer', count: 2 }]);
    expect(queue.take(notes)).toBeNull();
    expect(queue.take(orders)?.fault).toBe('lost-answer');
    expect(queue.list()).toMatchObject([{ count: 1 }]);
    expect(queue.take(orders)?.fault).toBe('lost-answer');
    expect(queue.take(orders)).toBeNull();
    expect(queue.list()).toEqual([]);
  });

  it('lets requests pass before', () => {
    const queue = queueOf([{ route: '*', fault: 'unreachable', after: 2 }]);
    expect([queue.take(orders), queue.take(notes)]).toEqual([null, null]);
    expect(queue.take(notes)?.fault).toBe('unreachable');
  });

  it('plays one fault a request, in the order of the list', () => {
    const queue = queueOf([
      { route: 'POST /orders', fault: 'system-busy' },
      { route: 'POST /orders', fault: 'vanish' },
      { route: 'POST /orders', fault: 'lost-answer' },
    ]);
    expect([1, 2, 3, 4].map(() => queue.take(orders)?.fault ?? null)).toEqual([
      'system-busy',
      'vanish',
      'lost-answer',
      null,
    ]);
  });

  it('forgets what it was told before', () => {
    const queue = queueOf([{ route: '*', fault: 'unreachable', count: 9 }]);
    queue.replace([]);
    expect(queue.take(orders)).toBeNull();
  });
});
