import { waitUntil } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import { deploymentFailed } from './deployment-failed.ts';
import { type DeploymentServiceClient, NoAnswer } from './deployment-service-client.ts';
import { parseJson } from '../parse-json.ts';

const waitForOthersMilliseconds = 5000;
const lookMilliseconds = 2000;
/** How often the latest deployment is looked at after an answer that was lost. */
const looks = 5;
/** How often a package is sent whose deployment nobody knows of. */
const attempts = 3;

/**
 * Sends a package to the deployment service, which has to be quiet for that. An answer that is lost
 * says nothing of what became of it: the latest deployment that the service knows of is looked at, and
 * where there is no new one, the package is sent again.
 *
 * @returns The deployment's id; null where nothing tells whether there is one.
 * @throws MispricedError `DEPLOYMENT_FAILED`, `DEPLOYMENT_BUSY` or `CREDENTIAL_REFUSED` where there is none.
 */
export async function sendPackage(args: {
  service: DeploymentServiceClient;
  zip: Uint8Array<ArrayBuffer>;
  beforeSending: () => Promise<void>;
  timeoutSeconds: number;
}): Promise<string | null> {
  const { service } = args;
  const { dependencies, host } = service;
  let busy = '';
  const sent = await waitUntil({
    clock: dependencies,
    limit: { seconds: args.timeoutSeconds },
    pollMilliseconds: waitForOthersMilliseconds,
    ask: async () => {
      const taken = await sendOnce(args);
      if (!('busy' in taken)) return taken;
      busy = taken.busy;
      dependencies.onProgress('another deployment is under way; waiting for its end');
      return null;
    },
  });
  if (sent !== null) return sent.id;
  throw new MispricedError({
    code: 'DEPLOYMENT_BUSY',
    message: `Another deployment of ${host} does not end: ${busy}`,
    fix: 'Wait for it, or look at it in the portal (Deployment Center).',
    retryable: true,
  });
}

/** Sends it, again where it did not arrive; tells of another deployment that is in the way. */
async function sendOnce(args: {
  service: DeploymentServiceClient;
  zip: Uint8Array<ArrayBuffer>;
  beforeSending: () => Promise<void>;
}): Promise<{ readonly id: string | null } | { readonly busy: string }> {
  const { service, zip } = args;
  const { dependencies, host } = service;
  for (let lost = 1; ; lost += 1) {
    await args.beforeSending();
    const before = await latestId(service);
    const answer = await service
      .post('/api/publish?RemoteBuild=false&Deployer=mispriced', zip)
      .catch((error: unknown) => {
        if (error instanceof NoAnswer && !error.isUnsent) return null;
        if (!(error instanceof NoAnswer)) throw error;
        const fix = 'Check the network and try again; nothing was sent.';
        throw deploymentFailed(`${host} cannot be reached.`, fix, error);
      });
    if (answer?.status === 409) return { busy: answer.text };
    if (answer?.status === 202 || answer?.status === 200) {
      return { id: idOf(answer.text) ?? 'latest' };
    }
    if (answer !== null && answer.status < 500) throw refusal(answer.status, answer.text, host);
    // A gateway's error comes from before the service, which may have taken the package.
    const said = answer === null ? 'no answer came' : `it answered ${answer.status}`;
    dependencies.onProgress(`whether ${host} took the package is not known (${said}); looking`);
    const found = await lookFor(service, before);
    if (found !== 'none') return { id: found === 'unknown' ? null : found.id };
    if (lost >= attempts) {
      throw deploymentFailed(
        `${host} did not take the package (${said}): ${(answer?.text ?? '').slice(0, 500)}`,
        'It knows of no new deployment, and what ran before runs on. Deploy again.',
      );
    }
  }
}

/** Looks for a deployment that is there now and was not before. */
async function lookFor(
  service: DeploymentServiceClient,
  before: string | null | undefined,
): Promise<{ readonly id: string } | 'none' | 'unknown'> {
  if (before === undefined) return 'unknown';
  let latest: string | null | undefined;
  const found = await waitUntil({
    clock: service.dependencies,
    limit: { times: looks },
    pollMilliseconds: lookMilliseconds,
    ask: async () => {
      latest = await latestId(service);
      return typeof latest === 'string' && latest !== before ? { id: latest } : null;
    },
  });
  return found ?? (latest === undefined ? 'unknown' : 'none');
}

/** Null for none yet, undefined where the service does not tell. */
async function latestId(service: DeploymentServiceClient): Promise<string | null | undefined> {
  const answer = await service.get('/api/deployments/latest');
  if (answer?.status === 404) return null;
  if (answer === null || answer.status >= 300) return undefined;
  return z.object({ id: z.string() }).safeParse(parseJson(answer.text)).data?.id;
}

/** The id alone, as JSON. */
function idOf(text: string): string | null {
  return z.string().safeParse(parseJson(text)).data ?? null;
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
