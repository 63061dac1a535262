import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  alterPackage,
  openRehearsal,
  type Rehearsal,
  type RehearsedStack,
  strategyPackage,
} from '../src/index.ts';

let rehearsal: Rehearsal;
let stack: RehearsedStack;

beforeAll(async () => {
  rehearsal = await openRehearsal();
  // The last slot is over and the next one far away, so that only a run can be waited for.
  const minute = new Date(Date.now() - 120_000).getUTCMinutes();
  const schedule = `0 ${minute} * * * *`;
  stack = await rehearsal.bringUp('local', { liveTrading: 'true', schedule });
  await stack.setSecrets({ trading_api_key: rehearsal.market.key });
  await stack.deploy({ bootstrap: true });
}, 300_000);
afterAll(() => rehearsal.close());

it('a deployment waits for a run at a slow market, and does not kill it', async () => {
  await rehearsal.market.setFaults([
    { route: 'POST /orders', fault: 'slow', delayMilliseconds: 25_000 },
  ]);
  const run = stack.tick();
  await expect.poll(async () => (await stack.runs()).length, { timeout: 30_000 }).toBe(1);
  const built = await strategyPackage();
  const change = { code: "console.log('next');" };
  const next = await alterPackage({ built, folder: rehearsal.folder, name: 'next', change });
  const ended = await rehearsal.command(await stack.deployWords({ package: next }));
  expect([ended.exitCode, ended.stderr]).toEqual([0, ended.stderr]);
  expect(ended.stderr).toMatch(/waiting: the run \S+ is under way/);
  expect(await run).toMatchObject({ status: 'traded' });

  const [only] = await stack.runs();
  const { restarts, package: running } = await stack.site();
  const deployed = restarts.findLast(({ why }) => why === 'deployment');
  expect(running).toBe(next.sha256);
  expect(Date.parse(only?.finished?.at ?? '')).toBeLessThan(Date.parse(deployed?.downAt ?? ''));
}, 300_000);
