import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import type { Fault } from '@mispriced/local-cloud';
import { type KeyStack, openRunningKeyStack } from './support/key-stack.ts';
import { proveFault } from './support/prove-fault.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());

/** Calls of one kind: what is asked of whom, and how often in one rotation. */
interface CallKind {
  readonly service: 'resource-manager' | 'key-vault';
  readonly method: string;
  /** A regular expression. */
  readonly path: string;
  count: number;
}

const status = (code: number) => ({ kind: 'status' as const, status: code });
const changes = /regenerateKey|refresh|PUT/;

function kindsOf(asked: ReturnType<KeyStack['cloud']['requests']>): readonly CallKind[] {
  const kinds = new Map<string, CallKind>();
  for (const { service, method, path } of asked) {
    if (service !== 'resource-manager' && service !== 'key-vault') continue;
    const last = path
      .split('/')
      .slice(-2)
      .join('/')
      .replace(/[0-9a-f]{32}$/, '');
    const key = `${service} ${method} ${last}`;
    const known = kinds.get(key);
    if (known !== undefined) known.count += 1;
    else kinds.set(key, { service, method, path: last.replaceAll('.', '[.]'), count: 1 });
  }
  return [...kinds.values()];
}

function faultsOf({ count, ...where }: CallKind): readonly Fault[] {
  const places = [...new Set([0, count - 1])];
  const isChange = changes.test(`${where.method} ${where.path}`);
  return places.flatMap((skip): Fault[] => [
    { ...where, skip, count: 1, ...status(500) },
    { ...where, skip, count: 1, ...status(403) },
    ...(isChange
      ? [
          { ...where, skip, count: 1, ...status(429), retryAfterSeconds: 0 },
          { ...where, skip, count: 1, kind: 'lost' as const },
          // For as long as it is tried again.
          { ...where, skip, count: 8, ...status(500) },
        ]
      : []),
  ]);
}

it('a fault at any call leaves all rotated or all as before', { timeout: 1_800_000 }, async () => {
  const before = stack.cloud.requests().length;
  await stack.rotate();
  const kinds = kindsOf(stack.cloud.requests().slice(before));
  expect(kinds.length).toBeGreaterThan(10);
  const counts: Record<string, number> = {};
  for (const fault of kinds.flatMap(faultsOf)) {
    const ended = await proveFault(stack, [fault]);
    counts[ended] = (counts[ended] ?? 0) + 1;
    // Neither end was reached nowhere.
    expect(ended, JSON.stringify(fault)).not.toBe('unfinished');
  }
  process.stdout.write(`faults at ${kinds.length} kinds of calls: ${JSON.stringify(counts)}\n`);
});

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
