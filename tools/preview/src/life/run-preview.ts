import { join } from 'node:path';
import { asMispricedError, MispricedError } from '@mispriced/core';
import { buildPackage, type StoredPackage } from '@mispriced/deploy';
import { mendRecords, previewChanges, type StackLock } from '@mispriced/environment';
import { declaredResources } from '../base/declared-resources.ts';
import { measureBase, type MeasuredBase } from '../base/measure-base.ts';
import { compareDecisions } from '../decisions/compare-decisions.ts';
import { type PreviewInputs, previewInputs } from '../inputs/preview-inputs.ts';
import { findFindings } from '../plan/find-findings.ts';
import { isInAzure } from '../plan/is-in-azure.ts';
import { moment, previewSettings } from '../plan/preview-settings.ts';
import { readStackSettings } from '../plan/read-stack-settings.ts';
import type { PreviewData } from '../preview-data.ts';
import { stackOf, type PreviewWorld } from '../preview-world.ts';
import { bringUp, type SeenPreview } from './bring-up.ts';
import type { PreviewOptions } from './preview-options.ts';
import { isStaleLock } from './stale-lock.ts';

/** What became of a preview: the data of its comment, and the run's report as it was written. */
export interface PreviewResult {
  readonly data: PreviewData;
  readonly report: Uint8Array | null;
}

/** The stack that previews are like where nothing else is said. */
const likeStack = 'dev';
const hourMilliseconds = 3_600_000;

/**
 * Makes or updates a pull request's environment from what is checked out, and sees its job run there
 * once. Policy is asked before anything is made. May be run again at any time. Whatever fails from
 * the plan on is part of the result, for the pull request's comment has to tell it.
 *
 * In Azure the caller needs what `mispriced up` needs, and to be in the operators' group.
 *
 * @throws MispricedError for inputs that cannot be read, before anything is done.
 */
export async function runPreview(
  options: PreviewOptions,
  world: PreviewWorld,
): Promise<PreviewResult> {
  const { workspace } = options;
  const stackName = `pr-${options.pullRequest}`;
  const began = world.now();
  const expiry = new Date(began.getTime() + options.timeToLiveHours * hourMilliseconds);
  const slot = new Date(Math.floor(began.getTime() / 1000) * 1000);
  const inputs = await previewInputs(options);
  const like = await readStackSettings(join(workspace, 'infra'), likeStack);
  const settings = previewSettings({
    // A local cloud has a place, an owner and operators of its own.
    like: world.cloud.local === undefined ? like : {},
    ...{ owner: options.owner, commit: options.commit, expiry, slot, given: options.config },
  });
  const seen: SeenPreview = {
    ...{
      changes: null,
      statusUrl: null,
      reportUrl: null,
      summary: null,
      decisions: null,
      report: null,
    },
  };
  let plan: Pick<PreviewData, 'changes' | 'findings'> = { changes: null, findings: [] };
  let built: StoredPackage | null = null;
  let error: MispricedError | null = null;
  try {
    world.report(`planning ${stackName}`);
    // A record that a killed run left torn keeps the engine from reading any.
    const isStale = (lock: StackLock): boolean => isStaleLock(lock, world);
    await mendRecords({ ...stackOf(world, stackName), isStale });
    const changes = await previewChanges({ ...stackOf(world, stackName), config: settings });
    const declared = await declaredResources(workspace, stackName, settings);
    plan = { changes: changes.filter(isInAzure), findings: findFindings(declared) };
    if (plan.findings.length > 0) throw refused(stackName, plan.findings);
    built = options.built ?? (await pack(workspace, world));
    if (!options.dryRun) {
      const modelFolder = options.modelFolder ?? join(workspace, 'tools/train/demo-model');
      await bringUp({
        ...{ stackName, settings, slot, inputs, modelFolder, built, workspace, world, seen },
      });
    }
  } catch (thrown) {
    error = asMispricedError(thrown);
    world.report(`${error.code}: ${error.message}`);
  }
  const measured = await measure({ options, stackName, slot, inputs, built, world });
  const data: PreviewData = {
    ...{ format: 1, pullRequest: options.pullRequest, stack: stackName, target: options.target },
    ...{ commit: options.commit, at: world.now().toISOString(), expiry: expiry.toISOString() },
    status: statusOf(error, plan, options.dryRun),
    error: error?.toJSON() ?? null,
    ...plan,
    ...(seen.changes !== null && { changes: seen.changes }),
    ...{ base: measured.base, baseProblem: measured.problem },
    packageBytes: built?.bytes.length ?? null,
    links: { status: seen.statusUrl, report: seen.reportUrl },
    run: runOf(seen),
    decisions:
      seen.decisions === null || measured.decisions === null
        ? null
        : compareDecisions(seen.decisions, measured.decisions),
  };
  return { data, report: seen.report };
}

async function pack(workspace: string, { report }: PreviewWorld): Promise<StoredPackage> {
  report('packing the strategy');
  return buildPackage({ workspace });
}

async function measure(args: {
  options: PreviewOptions;
  stackName: string;
  slot: Date;
  inputs: PreviewInputs;
  built: StoredPackage | null;
  world: PreviewWorld;
}): Promise<MeasuredBase> {
  const { options, stackName, slot, inputs, built, world } = args;
  if (options.baseReference === null) return { base: null, decisions: null, problem: null };
  return measureBase({
    ...{ workspace: options.workspace, reference: options.baseReference, stackName, inputs },
    ...{ slot: moment(slot), modelFolder: options.modelFolder },
    ...{ zip: built?.bytes ?? null, report: world.report },
  });
}

function refused(stackName: string, findings: PreviewData['findings']): MispricedError {
  const lines = findings.map(({ rule, resource, message }) => `  ${rule}, ${resource}: ${message}`);
  return new MispricedError({
    code: 'POLICY_REFUSED',
    message: `The plan of ${stackName} breaks rules; nothing was made.\n${lines.join('\n')}`,
    fix: 'Change the program under infra/ so that every rule is kept.',
  });
}

function statusOf(
  error: MispricedError | null,
  { findings }: Pick<PreviewData, 'findings'>,
  dryRun: boolean,
): PreviewData['status'] {
  if (findings.length > 0) return 'refused';
  if (error !== null) return 'failed';
  return dryRun ? 'planned' : 'live';
}

function runOf({ summary }: SeenPreview): PreviewData['run'] {
  if (summary === null) return null;
  const { runId, status, mode, listed, scored, decided, bought, spent, model } = summary;
  return {
    ...{ runId, status, mode, listed, scored, decided, bought, spent },
    model: model === null ? null : `${model.name} ${model.version}`,
  };
}
