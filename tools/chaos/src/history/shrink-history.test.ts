import { describe, expect, it } from 'vitest';
import { drawHistory } from './draw-history.ts';
import type { HistoryPlan } from './history-plan.ts';
import { shrinkHistory } from './shrink-history.ts';

const plan = drawHistory(468);
const kills = ({ runs }: HistoryPlan): number =>
  runs.flatMap(({ interruptions }) => interruptions).filter(isKill).length;

function isKill({ interruption }: HistoryPlan['runs'][number]['interruptions'][number]): boolean {
  return interruption.kind === 'kill';
}

describe('shrinkHistory', () => {
  it('takes away all that a failure does not need', async () => {
    const first = plan.runs[0]?.host;
    const smallest = await shrinkHistory(plan, ({ runs }) =>
      Promise.resolve(runs.some(({ host }) => host === first)),
    );
    expect(smallest.runs).toMatchObject([{ host: first, interruptions: [] }]);
    expect(smallest).toMatchObject({
      storage: null,
      storageFaults: [],
      operations: [],
      person: [],
    });
  });

  it('keeps what it needs, and what is drawn from the seed by name', async () => {
    const least = Math.min(kills(plan), 1);
    const smallest = await shrinkHistory(plan, (smaller) =>
      Promise.resolve(kills(smaller) >= least),
    );
    expect(kills(smallest)).toBe(least);
    const { seed, conduct, loans } = plan;
    expect(smallest).toMatchObject({ seed, conduct, loans });
  });

  it('gives up after so many tries', async () => {
    let tries = 0;
    const isBad = (): Promise<boolean> => {
      tries += 1;
      return Promise.resolve(false);
    };
    expect(await shrinkHistory(plan, isBad, 3)).toBe(plan);
    expect(tries).toBe(3);
  });
});
