import { join } from 'node:path';
import { asMispricedError, type MispricedError } from '@mispriced/core';
import { buildPackage, type StoredPackage } from '@mispriced/deploy';
import {
  declaredResources,
  mendRecords,
  policyRefusal,
  previewChanges,
  type StackLock,
} from '@mispriced/environment';
import { type BaseTree, openBaseTree } from '../base/base-tree.ts';
import { measureBase } from '../base/measure-base.ts';
import { listPreviewGroups } from '../cloud/preview-groups.ts';
import { compareDecisions } from '../decisions/compare-decisions.ts';
import { previewInputs } from '../inputs/read-preview-inputs.ts';
import { findFindings } from '../plan/find-findings.ts';
import { isInAzure } from '../plan/is-in-azure.ts';
import { moment, previewSettings } from '../plan/preview-settings.ts';
import { readStackSettings } from '../plan/read-stack-settings.ts';
import { mostTextCharacters, type PreviewData } from '../preview-data.ts';
import { stackOf, type PreviewDependencies } from '../preview-dependencies.ts';
import { bringUp, type SeenPreview } from './bring-up.ts';
import { latestExpiry } from './expiry.ts';
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
  dependencies: PreviewDependencies,
): Promise<PreviewResult> {
  const { workspace } = options;
  const stackName = `pr-${options.pullRequest}`;
  const began = dependencies.now();
  const expiry = new Date(began.getTime() + options.timeToLiveHours * hourMilliseconds);
  const slot = new Date(Math.floor(began.getTime() / 1000) * 1000);
  const inputs = await previewInputs(options);
  const like = await readStackSettings(join(workspace, 'infra'), likeStack);
  const settings = previewSettings({
    // A local cloud has a place, an owner and operators of its own.
    like: dependencies.cloud.local === undefined ? like : {},
    owner: options.owner,
    commit: options.commit,
    expiry,
    slot,
    given: options.config,
  });
  const seen: SeenPreview = {
    changes: null,
    statusUrl: null,
    reportUrl: null,
    summary: null,
    decisions: null,
    report: null,
  };
  let plan: Pick<PreviewData, 'changes' | 'findings'> = { changes: null, findings: [] };
  let built: StoredPackage | null = null;
  let error: MispricedError | null = null;
  const problems: string[] = [];
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await work();
    } catch (thrown) {
      problems.push(thrown instanceof Error ? thrown.message : String(thrown));
      return null;
    }
  };
  const tree = await attempt(() => openBase(options, dependencies));
  try {
    try {
      dependencies.report(`planning ${stackName}`);
      // A record that a killed run left torn keeps the engine from reading any.
      const isStale = (lock: StackLock): boolean => isStaleLock(lock, dependencies);
      await mendRecords({ ...stackOf(dependencies, stackName), isStale });
      const changes = await previewChanges({
        ...stackOf(dependencies, stackName),
        config: settings,
      });
      const declared = await declaredResources(workspace, stackName, settings);
      const judged = { stackName, declared };
      plan = {
        changes: changes.filter(isInAzure),
        findings:
          (await attempt(() => findFindings({ ...judged, baseFolder: tree?.folder ?? null }))) ??
          (await findFindings({ ...judged, baseFolder: null })),
      };
      if (plan.findings.length > 0) throw policyRefusal(stackName, plan.findings);
      built = options.built ?? (await pack(workspace, dependencies));
      if (!options.dryRun) {
        const modelFolder = options.modelFolder ?? join(workspace, 'tools/train/demo-model');
        await bringUp({
          stackName,
          settings,
          slot,
          inputs,
          modelFolder,
          built,
          workspace,
          dependencies,
          seen,
        });
      }
    } catch (thrown) {
      error = asMispricedError(thrown);
      dependencies.report(`${error.code}: ${error.message}`);
    }
    const measured =
      tree === null
        ? { base: null, decisions: null }
        : await measureBase({
            workspace,
            tree,
            name: options.baseName ?? options.baseReference ?? '',
            stackName,
            inputs,
            attempt,
            slot: moment(slot),
            modelFolder: options.modelFolder,
            zip: built?.bytes ?? null,
          });
    const data: PreviewData = {
      format: 2,
      pullRequest: options.pullRequest,
      stack: stackName,
      target: options.target,
      commit: options.commit,
      at: dependencies.now().toISOString(),
      expiry: await attempt(() => taggedExpiry(options.pullRequest, dependencies)),
      status: statusOf(error, plan, options.dryRun),
      error: error === null ? null : cut(error),
      ...plan,
      ...(seen.changes !== null && { changes: seen.changes }),
      base: measured.base,
      baseProblem: problems.length === 0 ? null : problems.join(' ').slice(0, mostTextCharacters),
      packageBytes: built?.bytes.length ?? null,
      links: { status: seen.statusUrl, report: seen.reportUrl },
      run: runOf(seen),
      decisions:
        seen.decisions === null || measured.decisions === null
          ? null
          : compareDecisions(seen.decisions, measured.decisions),
    };
    return { data, report: seen.report };
  } finally {
    await tree?.close();
  }
}

async function pack(workspace: string, { report }: PreviewDependencies): Promise<StoredPackage> {
  report('packing the strategy');
  return buildPackage({ workspace });
}

function openBase(
  options: PreviewOptions,
  { report }: PreviewDependencies,
): Promise<BaseTree | null> {
  const { workspace, baseReference: reference } = options;
  if (reference === null) return Promise.resolve(null);
  report(`comparing with ${reference}`);
  return openBaseTree({ workspace, reference, report });
}

/** Until when it stands by its own tags: a run that failed may not have come to change them. */
async function taggedExpiry(
  pullRequest: number,
  dependencies: PreviewDependencies,
): Promise<string | null> {
  const groups = await listPreviewGroups(await dependencies.cloud.connection());
  const own = groups.filter((each) => each.pullRequest === pullRequest);
  return latestExpiry(own)?.toISOString() ?? null;
}

function cut(error: MispricedError): NonNullable<PreviewData['error']> {
  const { code, message, fix } = error.toJSON();
  return { code, fix, message: message.slice(0, mostTextCharacters) };
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
    runId,
    status,
    mode,
    listed,
    scored,
    decided,
    bought,
    spent,
    model: model === null ? null : `${model.name} ${model.version}`,
  };
}
