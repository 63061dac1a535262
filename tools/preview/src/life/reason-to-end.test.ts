import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { expiryOf } from './expiry.ts';
import type { FoundPreview } from './find-previews.ts';
import { reasonToEnd, type PullRequestState } from './reason-to-end.ts';
import { isStaleLock } from './stale-lock.ts';

const now = new Date('2026-11-23T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const group = { id: '/g', name: 'g', location: 'x', pullRequest: 12, tags: {} };
const up: FoundPreview = {
  pullRequest: 12,
  stackName: 'pr-12',
  groups: [group],
  deletedVaults: [],
  record: { createdAt: hoursAgo(9), updatedAt: hoursAgo(8), cameUp: true },
  expiry: hoursAgo(-1),
};
const halfMade = { ...up, record: { createdAt: null, updatedAt: hoursAgo(2), cameUp: false } };
const onlyRecord = { ...halfMade, groups: [], expiry: null };
const reason = (preview: FoundPreview, state: PullRequestState = 'unasked') =>
  reasonToEnd({ preview, state, now, idleMinutes: 60 });

describe('a preview', () => {
  it.each<[string, FoundPreview, PullRequestState, ReturnType<typeof reason>]>([
    ['that is wanted stays', up, 'unasked', null],
    ['of an open pull request stays', up, 'open', null],
    ['that GitHub does not show stays while it is wanted', up, 'unknown', null],
    ['of a closed pull request goes', up, 'closed', 'closed'],
    ['that has expired goes', { ...up, expiry: now }, 'open', 'expired'],
    ['that was given up halfway goes', halfMade, 'open', 'half-made'],
    [
      'at work stays',
      { ...halfMade, record: { createdAt: null, updatedAt: hoursAgo(0.5), cameUp: false } },
      ...(['open', null] as const),
    ],
    ['that no record knows goes', { ...up, record: null }, 'open', 'half-made'],
    ['of which nothing says how long goes', { ...up, expiry: null }, 'unasked', 'half-made'],
    ['that is a record alone goes', onlyRecord, 'unasked', 'left over'],
    [
      'that is a record alone may just begin where its pull request is open',
      onlyRecord,
      'open',
      null,
    ],
    [
      'that is a deleted vault alone goes',
      { ...up, record: null, groups: [], deletedVaults: [group], expiry: null },
      ...(['unknown', 'left over'] as const),
    ],
  ])('%s', (_, preview, state, expected) => {
    expect(reason(preview, state)).toBe(expected);
  });
});

it('reads when a tag is over', () => {
  expect(expiryOf('2026-11-26T21:05:00Z')).toEqual(new Date('2026-11-26T21:05:00Z'));
  expect(expiryOf('2026-11-26')).toEqual(new Date('2026-11-27T00:00:00Z'));
  for (const tag of [
    undefined,
    'never',
    'soon',
    '',
    '2026-13-45',
    '2026-99-99T00:00:00Z',
    '2026-02-30',
    '2026-02-30T00:00:00Z',
  ]) {
    expect(expiryOf(tag)).toBeNull();
  }
});

describe('a lock', () => {
  const lock = { holder: 'me', host: hostname(), processId: 4711, since: hoursAgo(0.1) };
  const dependencies = (environment: Readonly<Record<string, string>> = {}) => ({
    environment,
    now: () => now,
  });
  const gone = () => false;

  it.each([{}, { PULUMI_BACKEND_URL: '' }, { PULUMI_BACKEND_URL: 'file:///records' }])(
    'of this machine is stale once its process is gone: %j',
    (environment) => {
      expect(isStaleLock(lock, dependencies(environment), () => true)).toBe(false);
      expect(isStaleLock(lock, dependencies(environment), gone)).toBe(true);
      expect(isStaleLock({ ...lock, processId: process.pid }, dependencies(environment))).toBe(
        false,
      );
    },
  );

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a runner of GitHub', { GITHUB_ACTIONS: 'true' }],
    ['a runner', { CI: 'true' }],
    ['machines that share records', { PULUMI_BACKEND_URL: 'azblob://state?storage_account=a' }],
    ['a service that keeps records', { PULUMI_BACKEND_URL: 'https://api.pulumi.com' }],
  ])('is judged by its age alone on %s, which may be called like another', (_, environment) => {
    expect(isStaleLock(lock, dependencies(environment), gone)).toBe(false);
    const old = { ...lock, since: hoursAgo(3) };
    expect(isStaleLock(old, dependencies(environment), () => true)).toBe(true);
  });

  it('of another machine is stale once no job can be at work any more', () => {
    const elsewhere = { ...lock, host: 'a-runner-of-yesterday' };
    expect(isStaleLock(elsewhere, dependencies(), gone)).toBe(false);
    expect(isStaleLock({ ...elsewhere, since: hoursAgo(3) }, dependencies())).toBe(true);
    expect(isStaleLock({ ...elsewhere, since: new Date(Number.NaN) }, dependencies())).toBe(false);
  });
});
