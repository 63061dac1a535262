import { provesNightly } from '@mispriced/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { craftLoans, openMarket, slot } from './support/crafted-market.ts';
import { listKillPoints, proveEnding, proveKill, settingsOf } from './support/prove-kill.ts';
import { startRun } from './support/start-run.ts';
import { openBlobStack, openFileStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const blobs = await openBlobStack(crafted.generated);
const points = await listKillPoints(blobs, crafted);

/** Where the first start is killed, for a second that is killed as well: in the second batch. */
const secondBatch = points.filter(({ name }) => /POST orders|after .* order-intended/.test(name));
const firsts = secondBatch.slice(secondBatch.length / 3, (secondBatch.length / 3) * 2);
/** A start that resumes does less than a whole run: by here it has done all of it. */
const seconds = points.slice(0, 60);
const pairs = partOf(
  firsts.flatMap((killAt) =>
    seconds.map((again) => ({ killAt, again, name: `${killAt.name}, then ${again.name}` })),
  ),
);
/** Killed from outside, at whatever it is doing then. */
const times = partOf(Array.from({ length: 60 }, (_, index) => 300 + index * 25));

/** A build takes every fourth, and each night takes all of them. */
function partOf<Item>(items: readonly Item[]): readonly Item[] {
  return provesNightly ? items : items.filter((_, index) => index % 4 === 0);
}

afterAll(async () => {
  await files.close();
  await blobs.close();
  console.log(
    `\n  kill points: ${points.length} over files and over Azurite, ${pairs.length} pairs over files, ${times.length} times\n`,
  );
});

describe('a run of five orders that is killed', () => {
  it.concurrent.each(points)('over files, $name', async (killAt) => {
    const strategy = `killed-${killAt.number}-${killAt.moment}`;
    await proveKill({ stack: files, crafted, strategy, killAt });
  });

  it.concurrent.each(points)('over Azurite, $name', async (killAt) => {
    const strategy = `killed-${killAt.number}-${killAt.moment}`;
    await proveKill({ stack: blobs, crafted, strategy, killAt });
  });

  it.concurrent.each(pairs)('twice, $name', async ({ killAt, again }) => {
    const first = `${killAt.number}-${killAt.moment}`;
    const strategy = `twice-${first}-${again.number}-${again.moment}`;
    await proveKill({ stack: files, crafted, strategy, killAt, again });
  });

  it.concurrent.each(times)('from outside after %i ms', async (killAfterMilliseconds) => {
    const strategy = `after-${killAfterMilliseconds}`;
    const market = await openMarket(crafted.loans);
    try {
      const settings = settingsOf(blobs, market.settings, strategy);
      const { signal, summary } = await startRun({ settings, slot, killAfterMilliseconds });
      expect(signal === 'SIGKILL' || summary?.status === 'traded').toBe(true);
      await blobs.breakLease(strategy);
      await proveEnding({ stack: blobs, settings, strategy, marketUrl: market.url });
    } finally {
      await market.close();
    }
  });
});
