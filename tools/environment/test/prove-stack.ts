import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { fixturesFolder, provesNightly } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AzureContract } from './azure-contract.ts';
import { casesOf, everyPairOf } from './bench/cases.ts';
import { added, inventory } from './bench/inventory.ts';
import { type Bench, openBench } from './bench/open-bench.ts';
import { testedEnvironment, type TestedEnvironment } from './bench/tested-environment.ts';
import { comeUpFromNothing, completeAfterFailure } from './steps/bring-up.ts';
import { shareNothing } from './steps/keep-apart.ts';
import { changeNothing, changeOneSetting, previewRename, showDrift } from './steps/keep-up.ts';
import { keepSecrets, sendWhatAzureAccepts } from './steps/say-nothing-wrong.ts';
import { leaveDeletedVault, leaveNothing, refuseToGo, unprotect } from './steps/take-down.ts';

const pulumi = await pulumiOrSkip();

/**
 * Every pair of modes for one stack, and each night every choice of them, with the real engine, the
 * real program and the real SDK against the local cloud: from a failed start to an end, and from
 * nothing again.
 */
export function proveStack(stackName: string): void {
  describe.skipIf(pulumi === null)('with the engine', () => {
    proveWithEngine(stackName);
  });
}

function proveWithEngine(stackName: string): void {
  const fixtures = fixturesFolder();
  const contract = fixtures === null ? null : new AzureContract(fixtures);
  const isPreview = stackName.startsWith('pr-');
  let bench: Bench;
  let neighbour: TestedEnvironment | undefined;
  let neighbourOutputs: Record<string, unknown> = {};
  let neighbourOwns: string[] = [];

  beforeAll(async () => {
    if (pulumi === null) throw new TypeError('There is no Pulumi.');
    bench = await openBench(pulumi);
    const untouched = inventory(bench.local);
    const [other] = casesOf(`${stackName}0`).slice(-1);
    if (!isPreview || other === undefined) return;
    neighbour = await testedEnvironment(bench, other);
    neighbourOutputs = await comeUpFromNothing(neighbour);
    neighbourOwns = added(untouched, inventory(bench.local));
  });
  afterAll(() => bench.close());

  const cases = provesNightly ? casesOf(stackName) : everyPairOf(stackName);
  describe.each(cases)(
    '$stackName: $storageAuth, $keyVaultAccess, $secretsDelivery',
    { timeout: 600_000 },
    (one) => {
      let environment: TestedEnvironment;
      let outputs: Record<string, unknown>;
      let before: string[];
      beforeAll(async () => {
        environment = await testedEnvironment(bench, one);
        before = inventory(bench.local);
      });

      it(`comes up after a write to ${one.failure.path} was ${one.failure.kind}`, async () => {
        outputs = await completeAfterFailure(environment);
      });
      it('stays as it is when nothing has changed', () => changeNothing(environment));
      it('has one resource updated by the change of one setting', () =>
        changeOneSetting(environment));
      it('says in its preview that a renamed account is another', () => previewRename(environment));
      it('shows what was changed behind its back', () => showDrift(environment, outputs));
      it('keeps its secrets', () => keepSecrets(environment, outputs));
      if (isPreview) {
        it('shares nothing with the preview beside it', () => {
          shareNothing(bench, outputs, neighbourOutputs);
        });
      }
      if (stackName === 'prod') {
        it('is not destroyed until its protection is lifted', async () => {
          await unprotect(environment, await refuseToGo(environment));
        });
      }
      it(isPreview ? 'leaves nothing' : 'leaves its deleted vault alone', () =>
        isPreview
          ? leaveNothing(environment, before)
          : leaveDeletedVault(environment, before, outputs),
      );
      it('comes up from nothing', async () => {
        await comeUpFromNothing(environment);
      });
      it.skipIf(contract === null)('sent only what Azure accepts', async () => {
        if (contract !== null) await sendWhatAzureAccepts(environment, contract);
      });
    },
  );

  if (isPreview) {
    it('left the preview beside them all as it was, which leaves nothing', async () => {
      if (neighbour === undefined) throw new TypeError('There is no preview beside it.');
      await changeNothing(neighbour);
      const own = new Set(neighbourOwns);
      const others = inventory(bench.local).filter((id) => !own.has(id));
      await leaveNothing(neighbour, others);
    });
  }

  it('went through every pair of modes, or each night through every choice of them', () => {
    expect(cases).toHaveLength(provesNightly ? 12 : 6);
  });
}
