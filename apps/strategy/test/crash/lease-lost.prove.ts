import { afterAll, describe, expect, it } from 'vitest';
import { craftLoans, limits, nextSlot, slot } from './support/crafted-market.ts';
import { listKillPoints } from './support/prove-kill.ts';
import { proveTakeover, takeoverPoints } from './support/prove-takeover.ts';
import { openBlobStack, openFileStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const blobs = await openBlobStack(crafted.generated);
const points = takeoverPoints(await listKillPoints(files, crafted));

afterAll(async () => {
  await files.close();
  await blobs.close();
  console.log(`\n  takeovers: ${points.length} moments, by two slots, over files and Azurite\n`);
});

describe.each([
  ['files', files],
  ['Azurite', blobs],
])('over %s, a run whose lease is taken', (_where, stack) => {
  it.concurrent.each(points)('by its own slot, $name, stops', async (point) => {
    const strategy = `same-${point.number}-${point.moment}`;
    const taken = await proveTakeover({ stack, crafted, strategy, point, otherSlot: slot });
    expect(taken.filled).toHaveLength(limits.orders);
  });

  it.concurrent.each(points)('by the next slot, $name, stops', async (point) => {
    const strategy = `next-${point.number}-${point.moment}`;
    const taken = await proveTakeover({ stack, crafted, strategy, point, otherSlot: nextSlot });
    expect(taken.winner).toMatchObject({ status: 'traded', bought: limits.orders });
  });
});
