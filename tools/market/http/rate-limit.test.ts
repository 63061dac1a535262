import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

function admittedAt(requestsPerSecond: number | null, moments: readonly number[]): boolean[] {
  let now = 0;
  const limit = createRateLimit(requestsPerSecond, () => now);
  return moments.map((moment) => {
    now = moment;
    return limit.admit();
  });
}

describe('createRateLimit', () => {
  it('lets one request a second through', () => {
    expect(admittedAt(1, [0, 1, 500, 900, 1000, 1999, 2000])).toEqual([
      true,
      false,
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('forgives requests sent in time that arrive a little early', () => {
    expect(admittedAt(1, [0, 960, 1920, 2880])).toEqual([true, true, true, true]);
    expect(admittedAt(1, [0, 940])).toEqual([true, false]);
  });

  it('does not let those it refused delay the next', () => {
    expect(admittedAt(2, [0, 100, 200, 300, 400, 500])).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('lets everything through without a limit', () => {
    expect(admittedAt(null, [0, 0, 0])).toEqual([true, true, true]);
  });

  it('counts what it refused', () => {
    const limit = createRateLimit(1, () => 0);
    for (let request = 0; request < 4; request += 1) limit.admit();
    expect(limit.refused).toBe(3);
  });
});
