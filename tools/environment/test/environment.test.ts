import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { fixturesFolder } from '@mispriced/testing';
import { more } from '@mispriced/testing/more';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../src/index.ts';
import { AzureContract } from './azure-contract.ts';
import { chosenCase, type chosenModes } from './bench/chosen-cases.ts';
import { added, inventory } from './bench/inventory.ts';
import { type Bench, openBench } from './bench/open-bench.ts';
import { testedEnvironment, type TestedEnvironment } from './bench/tested-environment.ts';
import { comeUpFromNothing, completeAfterFailure } from './steps/bring-up.ts';
import { deleteNothingWhenCutOff } from './steps/cut-off.ts';
import { changeModes } from './steps/change-modes.ts';
import { shareNothing } from './steps/keep-apart.ts';
import {
  changeNothing,
  changeOneSetting,
  mendDrift,
  previewOneSetting,
  previewRename,
  showDrift,
  showNoDrift,
} from './steps/keep-up.ts';
import { keepSecrets, sendWhatAzureAccepts } from './steps/say-nothing-wrong.ts';
import { giveRightsToOthers } from './steps/give-rights.ts';
import { leaveDeletedVault, leaveNothing, refuseToGo, unprotect } from './steps/take-down.ts';

const pulumi = await pulumiOrSkip();

/**
 * The real engine, the real program and the real SDK against the local cloud, which refuses what
 * Azure would refuse: each property once. Every stack with every mode is in `*.prove.ts`.
 */
describe.skipIf(pulumi === null)('an environment', { timeout: 600_000 }, () => {
  const fixtures = fixturesFolder();
  let bench: Bench;
  let dev: TestedEnvironment;
  let outputs: Record<string, unknown>;
  let untouched: string[];

  const environmentOf = (stackName: keyof typeof chosenModes): Promise<TestedEnvironment> =>
    testedEnvironment(bench, chosenCase(stackName));
  beforeAll(async () => {
    if (pulumi === null) throw new TypeError('There is no Pulumi.');
    bench = await openBench(pulumi);
    dev = await environmentOf('dev');
    untouched = inventory(bench.local);
  });
  afterAll(() => bench.close());

  it('is refused before anything is made, with every problem, its key and its command', async () => {
    const wrong = {
      location: 'atlantis',
      schedule: 'daily',
      storageAuth: 'both',
      instanceMemoryMegabytes: '1024',
      owner: 'quant@example.com',
    };
    const refused = await testedEnvironment(bench, dev.one);
    for (const name of ['up', 'preview-changes']) {
      const attempt = commands[name]?.({ ...refused.args, config: wrong });
      const refusal = await attempt?.catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'CONFIG_INVALID' });
      const { message } = refusal as Error;
      expect(message).toContain('4 settings have to be mended; nothing was changed.');
      for (const key of ['location', 'schedule', 'storageAuth', 'instanceMemoryMegabytes']) {
        expect(message).toContain(`mispriced:${key}: `);
        expect(message).toMatch(new RegExp(`pulumi config set mispriced:${key} .+ --stack dev`));
      }
    }
    expect(bench.local.requests().filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(added(untouched, inventory(bench.local))).toEqual([]);
  });

  it('comes up after a failure halfway', async () => {
    outputs = await completeAfterFailure(dev);
  });

  it('gives the app its rights before the app is made', () => {
    const puts = bench.local.requests().filter(({ method }) => method === 'PUT');
    const last = (pattern: RegExp) => puts.findLastIndex(({ path }) => pattern.test(path));
    const app = last(/\/sites\/[^/]+$/);
    expect(last(/\/roleAssignments\//)).toBeGreaterThan(-1);
    expect(last(/\/roleAssignments\//)).toBeLessThan(app);
    expect(last(/\/vaults\//)).toBeLessThan(app);
  });

  it('stays as it is when nothing has changed', () => changeNothing(dev));
  more('says in its preview what the change of one setting would do', () => previewOneSetting(dev));
  it('has one resource updated by the change of one setting', () => changeOneSetting(dev));
  more('says in its preview that a renamed account is another', () => previewRename(dev));
  more('loses nothing when its program cannot reach the engine', () =>
    deleteNothingWhenCutOff(dev),
  );
  more('shows no drift where there is none', () => showNoDrift(dev));
  it('shows what was changed behind its back', () => showDrift(dev, outputs));
  it('puts right what was changed behind its back', () => mendDrift(dev));
  more('takes up other modes, one after the other', () => changeModes(dev, outputs));
  it('keeps its secrets', () => keepSecrets(dev, outputs));

  more('leaves its deleted vault alone, and comes up again', async () => {
    const before = inventory(bench.local);
    const staging = await environmentOf('staging');
    const first = await comeUpFromNothing(staging);
    await leaveDeletedVault(staging, before, first);
    const again = await comeUpFromNothing(staging);
    expect(again['keyVaultName']).not.toBe(first['keyVaultName']);
    await changeModes(staging, again);
  });

  more('comes up where the local cloud is its home', async () => {
    const local = await environmentOf('local');
    await changeModes(local, await comeUpFromNothing(local));
  });

  more('shares nothing with another preview, and leaves nothing', async () => {
    const before = inventory(bench.local);
    const one = await environmentOf('pr-1');
    const other = await environmentOf('pr-11');
    const first = await comeUpFromNothing(one);
    const between = inventory(bench.local);
    const second = await comeUpFromNothing(other);
    shareNothing(bench, first, second);
    await changeModes(other, second);
    const alone = added(between, inventory(bench.local));
    await leaveNothing(one, [...before, ...alone]);
    expect(added(before, inventory(bench.local)).sort()).toEqual(alone.sort());
    await leaveNothing(other, before);
  });

  more('is kept, where it is prod, until its protection is lifted', async () => {
    const prod = await environmentOf('prod');
    const others = bench.local.createGroup('other operators');
    const before = inventory(bench.local);
    const said = bench.heard.length;
    const first = await comeUpFromNothing(prod);
    expect(bench.heard.slice(said).join('\n')).toContain('prod has no market yet');
    await giveRightsToOthers(prod, first, others);
    await changeModes(prod, first);
    await unprotect(prod, await refuseToGo(prod));
    await leaveDeletedVault(prod, before, first);
  });

  it.skipIf(fixtures === null)('sent Azure only what Azure accepts', () =>
    sendWhatAzureAccepts(dev, new AzureContract(fixtures ?? '')),
  );
});
