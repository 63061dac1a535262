import { venueLimits } from '@mispriced/core/venues/lendingclub/limits';
import { describe, expect, it } from 'vitest';
import { onlyProblemOf, problemsOf, type Case } from './problems-of.ts';

const { settleWithinSeconds, requestsPerSecond } = venueLimits;

const onLoopback = {
  MISPRICED__VENUE__URL: 'http://127.0.0.1:8080',
  MISPRICED__RUN__SETTLE_AFTER_SECONDS: '2',
  MISPRICED__VENUE__REQUESTS_PER_SECOND: '20',
};

describe('what only a simulated market may be told', () => {
  it.each<[string, Case, RegExp]>([
    [
      'an order given up sooner than the market declares',
      { environment: { MISPRICED__RUN__SETTLE_AFTER_SECONDS: String(settleWithinSeconds - 1) } },
      /^run\.settle_after_seconds \| MISPRICED__RUN__SETTLE_AFTER_SECONDS \| It is 119, but an order at lendingclub may take 120 seconds to show, .* \| Take run\.settle_after_seconds away, or give at least 120\./,
    ],
    [
      'a market asked more often than it allows',
      { environment: { MISPRICED__VENUE__REQUESTS_PER_SECOND: '1.5' } },
      /^venue\.requests_per_second \| MISPRICED__VENUE__REQUESTS_PER_SECOND \| It is 1\.5, but lendingclub allows 1 request a second, .* \| Take venue\.requests_per_second away, or give at most 1\./,
    ],
    [
      'in a file of the stage',
      { yaml: 'run: { settle_after_seconds: 30 }' },
      /^run\.settle_after_seconds \| config\/prod\.yaml:1 \| It is 30/,
    ],
    [
      'at a real market in the embedded stage, on paper too',
      { stage: 'embedded', overrides: [{ key: 'venue.requests_per_second', value: '50' }] },
      /^venue\.requests_per_second/,
    ],
    [
      'at a host that only looks like this machine',
      {
        environment: {
          MISPRICED__VENUE__URL: 'https://127.0.0.1.example.com',
          MISPRICED__VENUE__REQUESTS_PER_SECOND: '20',
        },
      },
      /^venue\.requests_per_second/,
    ],
  ])('is refused: %s', async (_, given, expected) => {
    expect(await onlyProblemOf(given)).toMatch(expected);
  });

  it('is told of both at once', async () => {
    const environment = { ...onLoopback, MISPRICED__VENUE__URL: 'https://market.example.com' };
    const problems = await problemsOf({ environment });
    expect(problems.map((each) => each.split(' | ')[0])).toEqual([
      'run.settle_after_seconds',
      'venue.requests_per_second',
    ]);
  });

  it.each<[string, Case]>([
    ['a simulated market on this machine', { environment: onLoopback }],
    [
      'exactly what the market declares',
      {
        environment: {
          MISPRICED__RUN__SETTLE_AFTER_SECONDS: String(settleWithinSeconds),
          MISPRICED__VENUE__REQUESTS_PER_SECOND: String(requestsPerSecond),
        },
      },
    ],
    ['more patience than that', { yaml: 'run: { settle_after_seconds: 600 }' }],
    ['fewer requests than that', { yaml: 'venue: { requests_per_second: 0.5 }' }],
    ['nothing at all', {}],
    [
      'the embedded stage, whose market is still to be started',
      { stage: 'embedded', environment: { ...onLoopback, MISPRICED__VENUE__URL: undefined } },
    ],
    [
      'a replay, which asks no market',
      {
        yaml: 'venue: { name: replay, listing: a.json, requests_per_second: 50 }\nrun: { settle_after_seconds: 0 }',
      },
    ],
  ])('but not: %s', async (_, given) => {
    expect(await problemsOf(given)).toEqual([]);
  });
});
