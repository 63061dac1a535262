import { describe, expect, it } from 'vitest';
import { drawHistory } from './history/draw-history.ts';
import { playHistory } from './play/play-history.ts';
import { proveHistories } from './prove-histories.ts';

describe('histories from a seed', () => {
  it('keep every promise, thirty of them', async () => {
    const { failures, broken, counts } = await proveHistories({ firstSeed: 1, count: 30 });
    expect(failures).toEqual([]);
    expect(broken).toBeGreaterThan(0);
    expect(counts.get('run ended traded')).toBeGreaterThan(10);
  });

  it('are the same again from the same seed', async () => {
    const textOf = async (seed: number): Promise<string> => {
      const { trace, ledger } = await playHistory(drawHistory(seed));
      return JSON.stringify([trace, [...ledger]]);
    };
    expect(await textOf(3)).toBe(await textOf(3));
  });
});
