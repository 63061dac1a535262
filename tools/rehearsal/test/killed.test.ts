import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KillingGround, openKillingGround } from './support/killed-deployments.ts';

let ground: KillingGround;
beforeAll(async () => {
  ground = await openKillingGround();
}, 240_000);
afterAll(() => ground.close());

describe('a deployment whose process is killed', { timeout: 240_000 }, () => {
  it.each([
    ['as it keeps the package', /^storage PUT .*\/packages\/[0-9a-f]{64}/],
    ['as it is sent', /^deployment POST /],
    ['while it is put in place', /^deployment GET /],
  ])('%s leaves code running, and the next one works', async (_, pattern) => {
    const killed = await ground.kill((line) => pattern.test(line));
    expect(killed).toMatchObject({ wasKilled: true });
    const known = ground.packages.map(({ sha256 }) => sha256);
    for (const sha256 of [...killed.released, killed.answeredBy]) expect(known).toContain(sha256);
    expect(['live', 'unchanged']).toContain((await ground.finish()).result);
  });
});
