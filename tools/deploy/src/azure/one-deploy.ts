import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import type { ArmClient } from './arm-client.ts';
import type { DeployWorld } from './deploy-world.ts';
import { deploymentFailed } from './deployment-failed.ts';

/** How the deployment service said a deployment ended; `unverified` where its worker forgot it. */
export type PublishOutcome = 'succeeded' | 'unverified';

const deploymentSchema = z.object({
  id: z.string().optional(),
  status: z.number().int(),
  status_text: z.string().nullish(),
});

const logSchema = z.array(z.object({ log_time: z.string(), message: z.string() }));

const successStatus = 4;
/** Cancelled, failed, conflict, partial success. */
const failedStatuses: readonly number[] = [-1, 3, 5, 6];
/** How the service says that it cannot reach the app's deployment storage. */
const storageClosed = /InaccessibleStorageException|BlobUploadFailedException/;
const earlyNotFoundAllowed = 5;
const pollMilliseconds = 2000;
const waitForOthersMilliseconds = 5000;

/**
 * Sends a package by One Deploy and follows it to its end, showing the log as it grows. Another
 * deployment that is under way is waited out. A worker that is recycled and has forgotten the
 * deployment leaves it unverified: whether the package runs is then for the caller to see.
 *
 * Needs `Microsoft.Web/sites/publish/action` (Website Contributor).
 *
 * @throws MispricedError `DEPLOYMENT_FAILED` with the log, `DEPLOYMENT_BUSY`, `CREDENTIAL_REFUSED`.
 */
export async function publishPackage(args: {
  world: DeployWorld;
  arm: ArmClient;
  scmHost: string;
  zip: Uint8Array<ArrayBuffer>;
  /** For the commands that messages name. */
  stack: string;
  timeoutSeconds: number;
}): Promise<PublishOutcome> {
  const { world, timeoutSeconds } = args;
  const giveUpAt = world.now().getTime() + timeoutSeconds * 1000;
  const id = await send(args, giveUpAt);
  const shown = { lines: 0 };
  let answeredOnce = false;
  let notFound = 0;
  for (;;) {
    const answer = await get(args, `/api/deployments/${id}`);
    if (answer?.status === 404) {
      notFound += 1;
      if (answeredOnce || notFound > earlyNotFoundAllowed) return 'unverified';
    } else if (answer?.ok === true) {
      answeredOnce = true;
      const { status, status_text: text } = deploymentSchema.parse(await answer.json());
      await showLog(args, id, shown);
      if (status === successStatus) return 'succeeded';
      if (failedStatuses.includes(status)) {
        const log = (await readLog(args, id)).slice(-3).join(' ');
        throw deploymentFailed(
          `Azure could not put the package in place: ${text ?? ''} ${log}`.trim(),
          storageClosed.test(log)
            ? `The app's identity may not write the container that its packages are kept in: put its rights back with \`npx mispriced up --stack ${args.stack}\`, then deploy again. What ran before runs on.`
            : 'See the log above; what ran before runs on. Deploy again once it is mended.',
        );
      }
    }
    if (world.now().getTime() > giveUpAt) {
      throw deploymentFailed(
        `The deployment ${id} did not end within ${timeoutSeconds} seconds.`,
        'Look at it in the portal (Deployment Center) and deploy again.',
      );
    }
    const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN);
    await world.sleep(Number.isFinite(seconds) ? seconds * 1000 : pollMilliseconds);
  }
}

type Args = Parameters<typeof publishPackage>[0];

async function send(args: Args, giveUpAt: number): Promise<string> {
  const { world, arm, zip, scmHost } = args;
  const url = `${world.endpoints.addressOf(scmHost)}/api/publish?RemoteBuild=false&Deployer=mispriced`;
  for (;;) {
    const answer = await world
      .fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await arm.token()}`,
          'content-type': 'application/zip',
          'cache-control': 'no-cache',
        },
        body: zip,
      })
      .catch((error: unknown) => {
        throw deploymentFailed(
          `${scmHost} cannot be reached.`,
          'Check the network and try again.',
          error,
        );
      });
    const text = await answer.text();
    if (answer.status === 202 || answer.status === 200) return z.string().parse(JSON.parse(text));
    if (answer.status !== 409) throw refusal(answer.status, text, scmHost);
    if (world.now().getTime() > giveUpAt) {
      throw new MispricedError({
        code: 'DEPLOYMENT_BUSY',
        message: `Another deployment of ${scmHost} does not end: ${text}`,
        fix: 'Wait for it, or look at it in the portal (Deployment Center).',
        retryable: true,
      });
    }
    world.onProgress('another deployment is under way; waiting for its end');
    await world.sleep(waitForOthersMilliseconds);
  }
}

function refusal(status: number, text: string, scmHost: string): MispricedError {
  if (status === 401 || status === 403) {
    return new MispricedError({
      code: 'CREDENTIAL_REFUSED',
      message: `${scmHost} refused the sign-in (${status}).`,
      fix: 'Give whoever deploys the role Website Contributor on the app.',
    });
  }
  return deploymentFailed(
    `${scmHost} did not take the package (${status}): ${text.slice(0, 500)}`,
    'See what it says; what ran before runs on.',
  );
}

/** Null where the network failed: polling goes on. */
async function get(args: Args, path: string): Promise<Response | null> {
  const { world, arm, scmHost } = args;
  const headers = { authorization: `Bearer ${await arm.token()}` };
  return world.fetch(`${world.endpoints.addressOf(scmHost)}${path}`, { headers }).catch(() => null);
}

async function readLog(args: Args, id: string): Promise<readonly string[]> {
  const answer = await get(args, `/api/deployments/${id}/log`);
  if (answer?.ok !== true) return [];
  const lines = logSchema.safeParse(await answer.json().catch(() => null));
  return lines.success ? lines.data.map(({ message }) => message) : [];
}

async function showLog(args: Args, id: string, shown: { lines: number }): Promise<void> {
  const lines = await readLog(args, id);
  for (const line of lines.slice(shown.lines)) args.world.onProgress(line);
  shown.lines = Math.max(shown.lines, lines.length);
}
