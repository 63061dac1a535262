import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isChange, type KillingGround, openKillingGround } from './support/killed-deployments.ts';

let ground: KillingGround;
beforeAll(async () => {
  ground = await openKillingGround();
}, 600_000);
afterAll(() => ground.close());

/** More kinds of requests than any deployment makes; each loop ends with the first that is not killed. */
const mostKinds = 100;

/** What a request is for: its line of the cloud's log without names, versions and what was answered. */
function kindOf(line: string): string {
  return line
    .replace(/ [0-9]+$/, '')
    .replaceAll(/[0-9a-f]{8,}(?:-[0-9a-f]+)*/g, '*')
    .replaceAll(/[0-9]+/g, '0');
}

/** What a deployment was killed at already. */
const killedAt = new Set<string>();

/** Where a kill may leave something else behind than the one before: a read changes nothing. */
const matters = (line: string): boolean => isChange(line) || /^(?:deployment|site) /.test(line);

/** Says yes to the first request of each kind that matters and that no deployment was killed at. */
function isNew(line: string): boolean {
  const kind = kindOf(line);
  if (!matters(line) || killedAt.has(kind)) return false;
  killedAt.add(kind);
  return true;
}

const known = (): readonly (string | null)[] => ground.packages.map(({ sha256 }) => sha256);

/** The next deployment works whatever was left behind. */
async function finishes(at: string): Promise<void> {
  const { result } = await ground.finish();
  expect([at, ['live', 'unchanged'].includes(result)]).toEqual([at, true]);
}

describe('the app is never without code that runs', { timeout: 3 * 3_600_000 }, () => {
  it('where a deployment is killed at any kind of request that changes something, or waits', async () => {
    let count = 0;
    let unchanged = 0;
    for (; count <= mostKinds; count += 1) {
      const killed = await ground.kill(isNew);
      if (!killed.wasKilled) {
        // It ends by itself, as it should, or the loop would end where it only failed.
        expect(killed.exitCode).toBe(0);
        break;
      }
      console.log(`killed at request ${killed.steps}: ${killed.at ?? ''}`);
      for (const sha256 of [...killed.released, killed.answeredBy]) {
        expect([killed.at, known().includes(sha256)]).toEqual([killed.at, true]);
      }
      // Where nothing was changed yet, the next deployment finds what this one found.
      if (killed.hasChanged) await finishes(killed.at ?? '');
      else unchanged += 1;
    }
    console.log(
      `A deployment was killed at each of its ${count} kinds of requests, ${unchanged} of them before it changed anything.`,
    );
    expect(count - unchanged).toBeGreaterThan(8);
    expect(count).toBeLessThan(mostKinds);
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
    for (; count <= mostKinds; count += 1) {
      // What later deployments ask as well they were killed at above.
      const killed = await ground.killFirst(isNew);
      if (!killed.wasKilled) {
        expect(killed.exitCode).toBe(0);
        break;
      }
      console.log(`a first deployment was killed at request ${killed.steps}: ${killed.at ?? ''}`);
      for (const sha256 of [...killed.released, killed.answeredBy]) {
        expect([killed.at, [null, ...known()].includes(sha256)]).toEqual([killed.at, true]);
      }
      await finishes(killed.at ?? '');
    }
    console.log(`A first deployment was killed at each of ${count} further kinds of requests.`);
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThan(mostKinds);
  });
});
