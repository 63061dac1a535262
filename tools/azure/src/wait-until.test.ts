import { expect, it } from 'vitest';
import { waitUntil } from './wait-until.ts';

function scene(answers: readonly (string | null)[]) {
  let now = 0;
  const asked: number[] = [];
  return {
    asked,
    clock: {
      now: () => new Date(now),
      sleep: (milliseconds: number) => Promise.resolve((now += milliseconds)),
    },
    ask: () => {
      asked.push(now);
      return Promise.resolve(answers[asked.length - 1] ?? null);
    },
  };
}

it('asks until there is an answer', async () => {
  const { asked, ...given } = scene([null, null, 'yes']);
  const answer = await waitUntil({ ...given, limit: { seconds: 60 }, pollMilliseconds: 2000 });
  expect(answer).toBe('yes');
  expect(asked).toEqual([0, 2000, 4000]);
});

it('gives up when the time is up, though never before the first question', async () => {
  const { asked, ...given } = scene([]);
  const wait = (seconds: number) =>
    waitUntil({ ...given, limit: { seconds }, pollMilliseconds: 2000 });
  expect(await wait(3)).toBeNull();
  expect(asked).toEqual([0, 2000, 4000]);
  expect(await wait(0)).toBeNull();
  expect(asked).toHaveLength(4);
});

it('gives up after so many questions, with pauses that may change', async () => {
  const { asked, ...given } = scene([]);
  let pause = 500;
  const pollMilliseconds = () => (pause *= 2);
  expect(await waitUntil({ ...given, limit: { times: 3 }, pollMilliseconds })).toBeNull();
  expect(asked).toEqual([0, 1000, 3000]);
});
