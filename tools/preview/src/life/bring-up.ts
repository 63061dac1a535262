import { basename } from 'node:path';
import { endpointsAt, publicCloud } from '@mispriced/azure';
import {
  MispricedError,
  parseDecisionsCsv,
  type Decision,
  type ObjectStore,
  type RunSummary,
} from '@mispriced/core';
import { deploy, type StoredPackage } from '@mispriced/deploy';
import { overStaleLock, type StackLock, upEnvironment } from '@mispriced/environment';
import { z } from 'zod';
import { findPreviewApp } from '../cloud/preview-app.ts';
import type { PreviewInputs } from '../inputs/preview-inputs.ts';
import { publishInputs } from '../inputs/publish-inputs.ts';
import { isInAzure } from '../plan/is-in-azure.ts';
import type { PreviewData } from '../preview-data.ts';
import { stackOf, type PreviewDependencies } from '../preview-dependencies.ts';
import { awaitRun } from './await-run.ts';
import { openPreviewStores } from './open-preview-stores.ts';
import { placeSecret } from './place-secret.ts';
import { retryWhile } from './retry-while.ts';
import { isStaleLock } from './stale-lock.ts';

/** As long as Azure says that a new role may take to count. */
const grantTimeoutSeconds = 600;
const deployTimeoutSeconds = 180;

const outputsSchema = z.object({
  blobEndpoint: z.string(),
  keyVaultUri: z.string(),
  resourceGroupId: z.string(),
  appName: z.string(),
});

/** What is seen of a preview while it comes up: what is known so far, should it fail. */
export interface SeenPreview {
  /** What the update did: a plan may foresee more than then has to be done. */
  changes: PreviewData['changes'];
  statusUrl: string | null;
  reportUrl: string | null;
  summary: RunSummary | null;
  decisions: readonly Decision[] | null;
  report: Uint8Array | null;
}

/**
 * Brings a planned preview up and sees it trade once: environment, own secret, inputs, code, run.
 *
 * @param args.seen Filled in on the way.
 * @throws MispricedError of the step that failed; running all of it again completes what is there.
 */
export async function bringUp(args: {
  stackName: string;
  settings: Readonly<Record<string, string>>;
  slot: Date;
  inputs: PreviewInputs;
  modelFolder: string;
  built: StoredPackage;
  workspace: string;
  dependencies: PreviewDependencies;
  seen: SeenPreview;
}): Promise<void> {
  const { stackName, settings, inputs, modelFolder, dependencies, seen } = args;
  const { report, now } = dependencies;
  const stack = { ...stackOf(dependencies, stackName), config: settings };
  // A run that was killed can lift its lock no more, and this one is to complete what it began.
  const isStale = (lock: StackLock): boolean => isStaleLock(lock, dependencies);
  const up = await overStaleLock({ ...stack, isStale }, () => upEnvironment(stack));
  seen.changes = up.steps.filter(isInAzure);
  const outputs = outputsSchema.parse(up.outputs);
  const codes = ['CREDENTIAL_REFUSED', 'STORE_UNAVAILABLE'] as const;
  const objects = openPreviewStores(outputs.blobEndpoint, dependencies);
  await retryWhile({
    dependencies,
    codes,
    limitSeconds: grantTimeoutSeconds,
    work: async () => {
      await placeSecret(outputs.keyVaultUri, dependencies);
      await publishInputs({ objects, inputs, modelFolder, now, report });
    },
  });
  // A new app's host may still be starting, and then Azure has no keys of it to give.
  await retryWhile({
    dependencies,
    codes: ['DEPLOYMENT_FAILED'],
    limitSeconds: deployTimeoutSeconds,
    work: () => deployTo(args, outputs),
  });
  const connection = await dependencies.cloud.connection();
  const groupId = outputs.resourceGroupId;
  const app = await findPreviewApp({ connection, groupId, fetch: dependencies.fetch });
  if (app === null) {
    throw new MispricedError({
      code: 'PREVIEW_FAILED',
      message: `There is no function app in ${basename(groupId)}.`,
      fix: 'Run the same command again.',
    });
  }
  seen.statusUrl = app.statusUrl;
  const summary = await awaitRun({ app, objects, slot: args.slot, dependencies });
  const { runId } = summary;
  seen.summary = summary;
  await collect(objects, runId, seen);
  if (summary.error !== null) {
    const { code, message, fix } = summary.error;
    throw new MispricedError({
      code: 'PREVIEW_FAILED',
      message: `The run ${runId} ended with ${code}: ${message}`,
      fix,
    });
  }
}

async function deployTo(
  args: Parameters<typeof bringUp>[0],
  outputs: z.infer<typeof outputsSchema>,
): Promise<void> {
  const { dependencies, stackName, built, workspace, modelFolder } = args;
  const { environment, credential, fetch, now, sleep, report, cloud } = dependencies;
  const elsewhere = environment['MISPRICED_LOCAL_CLOUD'];
  const { subscriptionId } = await cloud.connection();
  await deploy(
    {
      stack: stackName,
      subscriptionId,
      appName: outputs.appName,
      built,
      workspace,
      environment,
      // Nothing of a preview is worth waiting for, nor going back to.
      now: true,
      rollback: false,
      dryRun: false,
      bootstrap: null,
      modelFile: `${modelFolder}/model.onnx`,
      confirm: () => Promise.resolve(true),
    },
    {
      endpoints: elsewhere === undefined ? publicCloud : endpointsAt(elsewhere),
      credential,
      fetch,
      now,
      sleep,
      onProgress: report,
    },
  );
}

async function collect(objects: ObjectStore, runId: string, seen: SeenPreview): Promise<void> {
  const read = async (name: string): Promise<Uint8Array | null> =>
    (await objects.read('runs', `${runId}/${name}`))?.bytes ?? null;
  seen.report = await read('report.html');
  if (seen.report !== null) seen.reportUrl = objects.locate('runs', `${runId}/report.html`);
  const decisions = await read('decisions.csv');
  if (decisions !== null) {
    const text = new TextDecoder().decode(decisions);
    seen.decisions = parseDecisionsCsv(text, `${runId}/decisions.csv`);
  }
}
