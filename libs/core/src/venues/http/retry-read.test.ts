import { describe, expect, it } from 'vitest';
import { retryRead } from './retry-read.ts';
import type { HttpAttempt } from './send-request.ts';

const lost: HttpAttempt = { answered: false, problem: 'ECONNRESET' };
const answer = (status: number, retryAfterSeconds: number | null = null): HttpAttempt => ({
  answered: true,
  status,
  text: '',
  retryAfterSeconds,
});

async function play(results: readonly HttpAttempt[], random = 1) {
  const slept: number[] = [];
  let made = 0;
  const result = await retryRead(
    () => Promise.resolve(results[made++] ?? lost),
    {
      random: () => random,
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        return Promise.resolve();
      },
    },
    undefined,
  );
  return { result, made, slept };
}

describe('retryRead', () => {
  it('goes on after lost answers, broken servers and full queues, waiting longer each time', async () => {
    const { result, slept } = await play([lost, answer(503), answer(429), answer(200)]);
    expect(result).toMatchObject({ status: 200 });
    expect(slept).toEqual([1000, 2000, 4000]);
  });

  it('gives up after four attempts and returns the last', async () => {
    const { result, made } = await play([lost, lost, lost, answer(500), answer(200)]);
    expect(made).toBe(4);
    expect(result).toMatchObject({ status: 500 });
  });

  it.each([200, 301, 400, 401, 403, 404])('takes an answer of %i as final', async (status) => {
    expect((await play([answer(status)])).made).toBe(1);
  });

  it('spreads its pauses by chance, yet waits at least as long as the venue asks', async () => {
    expect((await play([lost, answer(200)], 0.25)).slept).toEqual([250]);
    expect((await play([answer(429, 7), answer(200)], 0.25)).slept).toEqual([7000]);
    expect((await play([answer(429, 86_400), answer(200)], 0.25)).slept).toEqual([30_000]);
  });

  it('does not go on once the run is stopped', async () => {
    let made = 0;
    const attempt = () => {
      made += 1;
      return Promise.resolve(lost);
    };
    const runtime = { random: () => 0, sleep: () => Promise.resolve() };
    await retryRead(attempt, runtime, AbortSignal.abort());
    expect(made).toBe(1);
  });
});
