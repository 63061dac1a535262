import { type ArmClient, waitUntil } from '@mispriced/azure';
import type { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { deploymentFailed } from './deployment-failed.ts';
import { readDeploymentLog } from './deployment-log.ts';
import {
  type DeploymentServiceClient,
  openDeploymentService,
} from './deployment-service-client.ts';
import { sendPackage } from './send-package.ts';
import { parseJson } from '../parse-json.ts';

/**
 * How the deployment service said a deployment ended; `unverified` where it did not say, so that the
 * package may be in place or come yet.
 */
type PublishOutcome = 'succeeded' | 'unverified';

const deploymentSchema = z.object({ status: z.number().int(), status_text: z.string().nullish() });

const successStatus = 4;
/** Cancelled, failed, conflict, partial success. */
const failedStatuses: readonly number[] = [-1, 3, 5, 6];
/** How the service says that it cannot reach the app's deployment storage. */
const storageClosed = /InaccessibleStorageException|BlobUploadFailedException/;
const earlyNotFoundAllowed = 5;
const pollMilliseconds = 2000;

/**
 * Sends a package by One Deploy and follows it to its end, showing the log as it grows. Another
 * deployment that is under way is waited out. Where the service does not tell how it ended (its worker
 * was recycled, its answer was lost, it takes too long), the outcome is `unverified`: whether the
 * package runs is then for the caller to see.
 *
 * Needs `Microsoft.Web/sites/publish/action` (Website Contributor).
 *
 * @param args.beforeSending Called each time before the package is sent, to wait for a good moment.
 * @param args.timeoutSeconds For others to end, and then again for this deployment.
 * @throws MispricedError `DEPLOYMENT_FAILED` with the log, `DEPLOYMENT_BUSY`, `CREDENTIAL_REFUSED`:
 * the package is not in place.
 */
export async function publishPackage(args: {
  dependencies: DeployDependencies;
  arm: ArmClient;
  scmHost: string;
  zip: Uint8Array<ArrayBuffer>;
  /** For the commands that messages name. */
  stack: string;
  beforeSending: () => Promise<void>;
  timeoutSeconds: number;
}): Promise<PublishOutcome> {
  const { dependencies, arm, timeoutSeconds } = args;
  const service = openDeploymentService({ dependencies, arm, host: args.scmHost });
  const id = await sendPackage({ ...args, service });
  if (id === null) return 'unverified';
  const shown = new Set<string>();
  let answeredOnce = false;
  let notFound = 0;
  let retryAfterSeconds: number | null = null;
  const outcome = await waitUntil<PublishOutcome>({
    clock: dependencies,
    limit: { seconds: timeoutSeconds },
    pollMilliseconds: () =>
      retryAfterSeconds === null ? pollMilliseconds : retryAfterSeconds * 1000,
    ask: async () => {
      const answer = await service.get(`/api/deployments/${id}`);
      retryAfterSeconds = answer?.retryAfterSeconds ?? null;
      const told = deploymentSchema.safeParse(parseJson(answer?.text ?? ''));
      if (answer?.status === 404) {
        notFound += 1;
        return answeredOnce || notFound > earlyNotFoundAllowed ? 'unverified' : null;
      }
      if (!told.success) return null;
      answeredOnce = true;
      await showLog(service, id, shown);
      if (told.data.status === successStatus) return 'succeeded';
      if (!failedStatuses.includes(told.data.status)) return null;
      throw await failure({ service, id, said: told.data.status_text ?? '', stack: args.stack });
    },
  });
  if (outcome !== null) return outcome;
  dependencies.onProgress(`the deployment ${id} did not end within ${timeoutSeconds} seconds`);
  return 'unverified';
}

async function failure(args: {
  service: DeploymentServiceClient;
  id: string;
  said: string;
  stack: string;
}): Promise<MispricedError> {
  const lines = await readDeploymentLog(args.service, args.id);
  const log = lines
    .slice(-3)
    .map(({ message }) => message)
    .join(' ');
  return deploymentFailed(
    `Azure could not put the package in place: ${args.said} ${log}`.trim(),
    storageClosed.test(log)
      ? `The app's identity may not write the container that its packages are kept in: put its rights back with \`npx mispriced up --stack ${args.stack}\`, then deploy again. What ran before runs on.`
      : 'See the log above; what ran before runs on. Deploy again once it is mended.',
  );
}

async function showLog(
  service: DeploymentServiceClient,
  id: string,
  shown: Set<string>,
): Promise<void> {
  for (const { place, depth, message } of await readDeploymentLog(service, id)) {
    if (!shown.has(place)) service.dependencies.onProgress(`${'  '.repeat(depth)}${message}`);
    shown.add(place);
  }
}
