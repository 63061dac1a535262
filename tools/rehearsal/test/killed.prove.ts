import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KillingGround, openKillingGround } from './support/killed-deployments.ts';

let ground: KillingGround;
beforeAll(async () => {
  ground = await openKillingGround();
});
afterAll(() => ground.close());

/** More than any deployment asks; the loop ends with the first that comes to its end unkilled. */
const mostSteps = 500;

it('a deployment may be killed at every request', { timeout: 3 * 3_600_000 }, async () => {
  const known = ground.packages.map(({ sha256 }) => sha256);
  let count = 0;
  for (let at = 1; at <= mostSteps; at += 1) {
    const killed = await ground.kill((_, steps) => steps >= at);
    if (!killed.wasKilled) break;
    count += 1;
    expect([at, known.includes(killed.answeredBy ?? '')]).toEqual([at, true]);
    const { result } = await ground.finish();
    expect([at, ['live', 'unchanged'].includes(result)]).toEqual([at, true]);
  }
  console.log(`A deployment was killed at each of its ${count} requests.`);
  expect(count).toBeGreaterThan(20);
  expect(count).toBeLessThan(mostSteps);
});
