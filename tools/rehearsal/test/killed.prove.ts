import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KillingGround, openKillingGround } from './support/killed-deployments.ts';

let ground: KillingGround;
beforeAll(async () => {
  ground = await openKillingGround();
}, 240_000);
afterAll(() => ground.close());

/** More than any deployment asks; each loop ends with the first that comes to its end unkilled. */
const mostSteps = 500;
/** A first deployment asks for much the same over and over: some of its requests are enough. */
const strideOfFirst = 12;

const known = (): readonly (string | null)[] => ground.packages.map(({ sha256 }) => sha256);

/** The next deployment works whatever was left behind. */
async function finishes(at: number | string): Promise<void> {
  const { result } = await ground.finish();
  expect([at, ['live', 'unchanged'].includes(result)]).toEqual([at, true]);
}

describe('the app is never without code that runs', { timeout: 3 * 3_600_000 }, () => {
  it('where a deployment is killed at any request', async () => {
    let count = 0;
    for (let at = 1; at <= mostSteps; at += 1) {
      const killed = await ground.kill((_, steps) => steps >= at);
      if (!killed.wasKilled) {
        // It ends by itself, as it should, or the loop would end where it only failed.
        expect([at, killed.exitCode]).toEqual([at, 0]);
        break;
      }
      count += 1;
      console.log(`killed at request ${at}: ${killed.at ?? ''}`);
      for (const sha256 of [...killed.released, killed.answeredBy]) {
        expect([at, known().includes(sha256)]).toEqual([at, true]);
      }
      await finishes(at);
    }
    console.log(`A deployment was killed at each of its ${count} requests.`);
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(mostSteps);
  });

  it('where a rollback by itself is killed', async () => {
    let count = 0;
    for (const [what, pattern] of [
      ['as it reads the package', new RegExp(`^storage GET .*/packages/[0-9a-f]{64}`)],
      ['as it is sent', /^deployment POST /],
      ['while it is put in place', /^deployment GET .*\/api\/deployments\/[0-9a-f-]{36} /],
      ['as it is looked at', /^site GET .*\/api\/status /],
    ] as const) {
      let sent = 0;
      // The first package that is sent is the broken one; what comes after its look is the rollback.
      let isRollback = false;
      const killed = await ground.killBroken((line) => {
        if (line.startsWith('deployment POST ')) sent += 1;
        isRollback ||= sent === 1 && /^storage GET .*\/packages\/[0-9a-f]{64}/.test(line);
        return isRollback && pattern.test(line);
      });
      console.log(`a rollback was killed ${what}: ${killed.at ?? ''}`);
      expect([what, killed.wasKilled]).toEqual([what, true]);
      const whole = [...known(), ground.broken.sha256];
      for (const sha256 of killed.released) expect(whole).toContain(sha256);
      expect([null, ...known()]).toContain(killed.answeredBy);
      await finishes(what);
      count += 1;
    }
    console.log(`A rollback was killed at ${count} of its steps.`);
  });

  it('once a first deployment with --bootstrap, killed anywhere, was done again', async () => {
    let count = 0;
    for (let at = 1; at <= mostSteps; at += strideOfFirst) {
      const killed = await ground.killFirst((_, steps) => steps >= at);
      if (!killed.wasKilled) {
        expect([at, killed.exitCode]).toEqual([at, 0]);
        break;
      }
      count += 1;
      console.log(`a first deployment was killed at request ${at}: ${killed.at ?? ''}`);
      for (const sha256 of [...killed.released, killed.answeredBy]) {
        expect([at, [null, ...known()].includes(sha256)]).toEqual([at, true]);
      }
      await finishes(at);
    }
    console.log(`A first deployment was killed at ${count} of its requests.`);
    expect(count).toBeGreaterThan(5);
    expect(count * strideOfFirst).toBeLessThan(mostSteps);
  });
});
