import { azFor, ensureAz, type RunAz } from '@mispriced/local-cloud/az-testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  openRehearsal,
  type PackageFile,
  type Rehearsal,
  type RehearsedStack,
  strategyPackage,
} from '../src/index.ts';

let rehearsal: Rehearsal;
let stack: RehearsedStack;
let run: RunAz;
let built: PackageFile;

const az = async (...words: string[]): Promise<unknown> => {
  const { code, value, complaint } = await run(words);
  if (code !== 0) throw new Error(`az ${words.slice(0, 3).join(' ')}: ${complaint}`);
  return value;
};

beforeAll(async () => {
  const python = await ensureAz({
    report: (line) => {
      console.log(line);
    },
  });
  built = await strategyPackage();
  rehearsal = await openRehearsal();
  stack = await rehearsal.bringUp('local', { liveTrading: 'true', schedule: '*/5 * * * * *' });
  await stack.setSecrets({ trading_api_key: rehearsal.market.key });
  // All but the code.
  const { modelFolder, ownData } = rehearsal.files;
  const there = ['--stack', 'local'];
  const model = await rehearsal.value(['model', 'publish', modelFolder, ...there]);
  const { version } = model as { version: string };
  await rehearsal.value(['model', 'promote', '--stage', 'local', version, ...there]);
  for (const [set, file] of Object.entries(ownData)) {
    await rehearsal.value(['data', 'publish', file, '--set', set, ...there]);
  }
  expect(await stack.site()).toMatchObject({ state: 'stopped', package: null });
  run = await azFor(rehearsal.cloud, python);
  const { origin } = rehearsal.cloud.addresses;
  const { tenantId, administrator } = rehearsal.cloud;
  await az('cloud', 'register', '--name', 'Double', '--endpoint-resource-manager', origin);
  await az('cloud', 'set', '--name', 'Double');
  await az(
    ...['login', '--service-principal', '--tenant', tenantId],
    ...['--username', administrator.clientId, `--password=${administrator.clientSecret}`],
  );
}, 1_200_000);
afterAll(() => rehearsal.close());

/** The app by its resource id, in the words of `az`. */
function named(): readonly string[] {
  const { id, name } = { id: stack.outputs['appId'] ?? '', name: stack.outputs['appName'] ?? '' };
  const [, group = ''] = /\/resourceGroups\/([^/]+)\//i.exec(id) ?? [];
  return ['--resource-group', group, '--name', name];
}

it(
  'az functionapp deployment source config-zip ends in the same app',
  { timeout: 600_000 },
  async () => {
    const sent = await az(
      ...['functionapp', 'deployment', 'source', 'config-zip'],
      ...[...named(), '--src', built.file],
    );
    expect(sent).toBeDefined();

    expect(await stack.site()).toMatchObject({ state: 'running', package: built.sha256 });
    const listed = (await az('functionapp', 'function', 'list', ...named())) as { name: string }[];
    const functions = listed.map(({ name }) => name.slice(name.lastIndexOf('/') + 1));
    expect(functions.sort()).toEqual(['daily-trade', 'refresh-data', 'status']);
    expect(await stack.status()).toMatchObject({ healthy: true });
    const { finished, orders } = await stack.waitForRun();
    expect(finished).toMatchObject({ status: 'traded', errorCode: null });
    expect(orders.length).toBeGreaterThan(0);

    // Our own command finds nothing left to do, and the app's status names the package from then on.
    const before = rehearsal.cloud.requests().length;
    expect(await stack.deploy({ words: ['--now'] })).toMatchObject({ result: 'unchanged' });
    const asked = rehearsal.cloud.requests().slice(before);
    expect(asked.filter(({ service }) => service === 'deployment')).toEqual([]);
    expect(await stack.status()).toMatchObject({ release: { package: built.sha256 } });
  },
);
