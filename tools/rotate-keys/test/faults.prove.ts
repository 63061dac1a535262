import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '@mispriced/local-cloud';
import { type KeyStack, openRunningKeyStack } from './support/key-stack.ts';
import { proveFault } from './support/prove-fault.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());

type FaultService = NonNullable<Fault['service']>;

it('a fault at any call leaves all rotated or all as before', { timeout: 600_000 }, async () => {
  const before = stack.cloud.requests().length;
  await stack.rotate();
  const asked = stack.cloud.requests().slice(before);
  const kinds = new Map<
    string,
    { service: FaultService; method: string; path: string; count: number }
  >();
  for (const { service, method, path } of asked) {
    if (service !== 'resource-manager' && service !== 'key-vault') continue;
    const last = path
      .split('/')
      .slice(-2)
      .join('/')
      .replace(/[0-9a-f]{32}$/, '');
    const key = `${service} ${method} ${last}`;
    const found = kinds.get(key);
    kinds.set(key, { service, method, path: last, count: (found?.count ?? 0) + 1 });
  }
  const counts: Record<string, number> = {};
  for (const { service, method, path, count } of kinds.values()) {
    const where = { service, method, path: path.replace(/[()]/g, '.') };
    for (const skip of new Set([0, Math.floor(count / 2), count - 1])) {
      for (const fault of [
        { ...where, skip, count: 1, kind: 'status', status: 429, retryAfterSeconds: 0 },
        { ...where, skip, count: 1, kind: 'status', status: 500 },
        { ...where, skip, count: 1, kind: 'lost' },
        { ...where, skip, count: 1, kind: 'status', status: 403 },
      ] satisfies Fault[]) {
        const ended = await proveFault(stack, [fault]);
        counts[ended] = (counts[ended] ?? 0) + 1;
      }
    }
  }
  expect(Object.values(counts).reduce((sum, each) => sum + each, 0)).toBeGreaterThan(100);
  process.stdout.write(`faults at ${kinds.size} kinds of calls: ${JSON.stringify(counts)}\n`);
});
