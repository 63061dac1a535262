import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '@mispriced/local-cloud';
import { findSecrets } from './support/find-secrets.ts';
import { type KeyStack, openRunningKeyStack } from './support/key-stack.ts';
import { quickTimeouts } from './support/quick-timeouts.ts';
import { type FaultEnd, proveFault } from './support/prove-fault.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());

/** Calls of one kind: what is asked of whom, and how often in one rotation. */
interface CallKind {
  readonly service: NonNullable<Fault['service']>;
  readonly method: string;
  /** A regular expression. */
  readonly path: string;
  count: number;
}

const status = (code: number) => ({ kind: 'status' as const, status: code });
const changes = /regenerateKey|refresh|PUT/;
const counted = ['resource-manager', 'key-vault', 'site'] as const;

function kindsOf(asked: ReturnType<KeyStack['cloud']['requests']>): readonly CallKind[] {
  const kinds = new Map<string, CallKind>();
  for (const { service: asker, method, path } of asked) {
    const service = counted.find((each) => each === asker);
    if (service === undefined) continue;
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

/** Calls that no record lists: of storage, of the sign-in, and the looks of the platform into the vault. */
const unlisted: readonly CallKind[] = [
  { service: 'storage', method: 'GET', path: '/blob/ledger/key-rotation/', count: 8 },
  { service: 'storage', method: 'PUT', path: '/blob/ledger/key-rotation/[^/]*[.]jsonl', count: 8 },
  { service: 'storage', method: 'PUT', path: '/blob/ledger/key-rotation/run', count: 4 },
  { service: 'storage', method: 'PUT', path: '/blob/ledger/small/run', count: 2 },
  // What proves a key, and what the app wrote with it.
  { service: 'storage', method: 'GET', path: '/blob/$', count: 3 },
  { service: 'storage', method: 'GET', path: '/blob/runs/checks/', count: 1 },
  { service: 'identity', method: 'POST', path: '/token', count: 1 },
  { service: 'references', method: 'GET', path: '/secrets/storage', count: 1 },
];

function faultsOf({ count, ...where }: CallKind, index: number): readonly Fault[] {
  const places = [...new Set([0, count - 1])];
  const once = { ...where, count: 1 };
  if (!changes.test(`${where.method} ${where.path}`)) {
    // Each kind of question meets two kinds of trouble, the next kind two others.
    const troubles: readonly Fault[] = [
      { ...once, skip: 0, ...status(500) },
      { ...once, skip: 0, ...status(429), retryAfterSeconds: 0 },
      { ...once, skip: 0, ...status(403) },
      { ...once, skip: 0, kind: 'lost' },
      { ...once, skip: 0, kind: 'slow', milliseconds: 1_500 },
    ];
    return places.flatMap((skip, place) => {
      const trouble = troubles[(2 * index + place) % troubles.length];
      return trouble === undefined ? [] : [{ ...trouble, skip }];
    });
  }
  return places.flatMap((skip): Fault[] => [
    { ...once, skip, ...status(500) },
    { ...once, skip, ...status(403) },
    { ...once, skip, ...status(429), retryAfterSeconds: 0 },
    { ...once, skip, kind: 'lost' },
    { ...once, skip, kind: 'slow', milliseconds: 1_500 },
    // For as long as it is tried again.
    { ...where, skip, count: 8, ...status(500) },
  ]);
}

it('a fault at any call leaves all rotated or all as before', { timeout: 1_800_000 }, async () => {
  const before = stack.cloud.requests().length;
  await stack.rotate();
  const kinds = [...kindsOf(stack.cloud.requests().slice(before)), ...unlisted];
  expect(kinds.length).toBeGreaterThan(20);
  const counts: Partial<Record<FaultEnd, number>> = {};
  for (const fault of kinds.flatMap(faultsOf)) {
    const { ended, words } = await proveFault(stack, [fault]);
    counts[ended] = (counts[ended] ?? 0) + 1;
    // Where the journal itself cannot be written for long nothing more is changed: it stops, and says
    // in what state all is, and the next call goes on. Elsewhere neither end was reached nowhere.
    const isJournalGone = fault.service === 'storage' && fault.count > 1;
    if (isJournalGone && ended === 'unfinished')
      expect(words).toMatch(/key1 of .* was made .*, key2/);
    else expect(ended, `${JSON.stringify(fault)}: ${words}`).not.toBe('unfinished');
  }
  process.stdout.write(`faults at ${kinds.length} kinds of calls: ${JSON.stringify(counts)}\n`);
});

it(
  'references that resolve no more after the switch: it says in what state all is, and goes on later',
  { timeout: 300_000 },
  async () => {
    const lasting = { service: 'references', kind: 'status', status: 500, skip: 0 } as const;
    const { ended, words } = await proveFault(stack, [{ ...lasting, count: 10_000 }], {
      timeouts: { ...quickTimeouts, appSeconds: 8 },
    });
    if (ended === 'unfinished') {
      expect(words).toMatch(/key1 of stkeystack was made .*, key2 .*/);
      expect(words).toMatch(/the secret storage--connection-string of .* holds key\d/);
    } else expect(ended).toBe('as before');
    process.stdout.write(`references that resolve no more: ${ended}\n`);
  },
);

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
