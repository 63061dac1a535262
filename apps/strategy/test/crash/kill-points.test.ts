import { afterAll, describe, expect, it } from 'vitest';
import { craftLoans } from './support/crafted-market.ts';
import { listKillPoints, onePointOfEachKind, proveKill } from './support/prove-kill.ts';
import { openBlobStack, openFileStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);
const blobs = await openBlobStack(crafted.generated);
const points = await listKillPoints(files, crafted);

/** Around the lease, the ledger and the market; the proofs take what is written beside them too. */
const kinds = onePointOfEachKind(points).filter(({ name }) =>
  /lease|append|GET listing|POST|report/.test(name),
);
/** Over Blob storage: what is written of an order before it is sent, and what is sent. */
const chosen = kinds.filter(({ name }) => /^after.*(POST|order-intended)/.test(name));

afterAll(async () => {
  await files.close();
  await blobs.close();
  console.log(
    `\n  kill points: ${kinds.length} over files, ${chosen.length} over Azurite, of ${points.length}\n`,
  );
});

describe('a run of five orders that is killed', () => {
  it('has kill points around every effect', () => {
    expect(points.filter(({ name }) => name.includes('POST orders'))).toHaveLength(6);
    expect(points.length).toBeGreaterThan(60);
  });

  it.concurrent.each(kinds)('over files, $name', async (killAt) => {
    const strategy = `killed-${killAt.number}-${killAt.moment}`;
    await proveKill({ stack: files, crafted, strategy, killAt });
  });

  it.concurrent.each(chosen)('over Azurite, $name', async (killAt) => {
    const strategy = `killed-${killAt.number}-${killAt.moment}`;
    await proveKill({ stack: blobs, crafted, strategy, killAt });
  });
});
