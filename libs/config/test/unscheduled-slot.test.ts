import { describe, expect, it } from 'vitest';
import { onlyProblemOf, problemsOf, type Case } from './problems-of.ts';

const storage = 'storage: { kind: blob, account_url: https://a.blob.core.windows.net }';
const live = { MISPRICED__RUN__MODE: 'live' };
const scheduled = { MISPRICED__RUN__SLOT: '2026-01-05T15:25:03Z' };
const unscheduled = { MISPRICED__RUN__SLOT: '2026-01-05T15:25:04Z' };
const inNewYork = 'schedule: { daily_trade: 0 30 9 * * mon-fri, time_zone: America/New_York }';

describe('a live run of a moment that is not scheduled', () => {
  it.each<[string, Case, RegExp]>([
    [
      'a second beside the slot',
      { environment: { ...live, ...unscheduled }, yaml: storage },
      /^run\.slot \| MISPRICED__RUN__SLOT \| It is 2026-01-05T15:25:04Z, .* The last scheduled moment before it is 2026-01-05T15:25:03Z, the next one 2026-01-06T15:25:03Z\. \| Give a scheduled moment, or say that you mean it with --anyway \(run\.anyway: true\)\./,
    ],
    [
      'in the stage embedded, whose market is simulated',
      {
        stage: 'embedded',
        environment: { ...live, MISPRICED__VENUE__URL: undefined },
        overrides: [{ key: 'run.slot', value: '2026-01-05T10:00:00Z', option: '--slot' }],
      },
      /^run\.slot \| --slot \| It is 2026-01-05T10:00:00Z/,
    ],
    [
      'the other UTC time of a local schedule',
      {
        environment: { ...live, MISPRICED__RUN__SLOT: '2026-07-06T14:30:00Z' },
        yaml: `${storage}\n${inNewYork}`,
      },
      /The last scheduled moment before it is 2026-07-06T13:30:00Z, the next one 2026-07-07T13:30:00Z\./,
    ],
    [
      'a weekend of a schedule for working days',
      {
        environment: { ...live, MISPRICED__RUN__SLOT: '2026-07-04T13:30:00Z' },
        yaml: `${storage}\n${inNewYork}`,
      },
      /before it is 2026-07-03T13:30:00Z, the next one 2026-07-06T13:30:00Z\./,
    ],
  ])('is refused: %s', async (_, given, expected) => {
    expect(await onlyProblemOf(given)).toMatch(expected);
  });

  it.each<[string, Case]>([
    ['a scheduled moment', { environment: { ...live, ...scheduled }, yaml: storage }],
    ['no moment at all', { environment: live, yaml: storage }],
    [
      'another moment that somebody means',
      { environment: { ...live, ...unscheduled, MISPRICED__RUN__ANYWAY: 'true' }, yaml: storage },
    ],
    ['another moment on paper', { environment: unscheduled }],
    [
      'another moment of a replay on this machine',
      {
        stage: 'local',
        environment: {
          ...live,
          ...unscheduled,
          MISPRICED__RUN__AS_OF: '2010-12-15',
          MISPRICED__VENUE__URL: 'http://127.0.0.1:1',
        },
      },
    ],
    [
      'a scheduled local time',
      {
        environment: { ...live, MISPRICED__RUN__SLOT: '2026-07-06T13:30:00Z' },
        yaml: `${storage}\n${inNewYork}`,
      },
    ],
  ])('but not: %s', async (_, given) => {
    expect(await problemsOf(given)).toEqual([]);
  });

  it('says nothing of the slot where the schedule itself is wrong', async () => {
    const yaml = `${storage}\nschedule: { daily_trade: 0 0 */2 * * *, time_zone: Europe/London }`;
    expect(await onlyProblemOf({ environment: { ...live, ...unscheduled }, yaml })).toMatch(
      /^schedule\.daily_trade/,
    );
  });
});
