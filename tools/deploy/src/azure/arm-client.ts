import { MispricedError } from '@mispriced/core';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { deploymentFailed } from './deployment-failed.ts';
import { parseJson } from '../parse-json.ts';

/** An answer of the resource manager; null where it was no JSON. */
interface ArmAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The resource manager, by plain HTTPS. */
export interface ArmClient {
  /**
   * @param args.path From `/subscriptions` on, without the API version.
   * @throws MispricedError `CREDENTIAL_REFUSED` or `DEPLOYMENT_FAILED` for an answer that is neither
   * a success nor among `allow`.
   */
  send(args: {
    method: 'GET' | 'POST' | 'PUT';
    path: string;
    body?: unknown;
    allow?: readonly number[];
    apiVersion?: string;
  }): Promise<ArmAnswer>;
  /** A token that the resource manager and the deployment service take. */
  token(): Promise<string>;
}

/** Of `Microsoft.Web`. */
const webApiVersion = '2025-05-01';
const attempts = 4;

/** Makes a client that signs in with the given credential and tries again what may pass. */
export function createArmClient(dependencies: DeployDependencies): ArmClient {
  const { endpoints, fetch, sleep } = dependencies;
  const token = async (): Promise<string> => {
    const scope = `${endpoints.audience}/.default`;
    const given = await dependencies.credential.getToken(scope).catch((error: unknown) => {
      throw refused('Signing in to Azure failed.', 'Sign in with `az login`.', error);
    });
    if (given === null) throw refused('Nobody is signed in.', 'Sign in with `az login`.');
    return given.token;
  };
  return {
    token,
    send: async ({ method, path, body, allow = [], apiVersion = webApiVersion }) => {
      const url = new URL(`${endpoints.resourceManager}${path}`);
      url.searchParams.set('api-version', apiVersion);
      for (let attempt = 1; ; attempt += 1) {
        const answer = await fetch(url, {
          method,
          headers: {
            authorization: `Bearer ${await token()}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }).catch((error: unknown) => {
          if (attempt >= attempts) throw unreachable(endpoints.resourceManager, error);
          return null;
        });
        if (answer !== null) {
          const text = await answer.text();
          if (answer.ok || allow.includes(answer.status)) {
            return { status: answer.status, body: parseJson(text) };
          }
          const mayPass = answer.status === 429 || answer.status >= 500;
          if (!mayPass || attempt >= attempts) {
            throw failure({ method, path, status: answer.status, text });
          }
        }
        const seconds = Number(answer?.headers.get('retry-after') ?? 2 ** attempt);
        await sleep(Math.min(Number.isFinite(seconds) ? seconds : 2, 30) * 1000);
      }
    },
  };
}

function failure(args: {
  method: string;
  path: string;
  status: number;
  text: string;
}): MispricedError {
  const { method, path, status, text } = args;
  const error = parseJson(text) as { error?: { code?: string; message?: string } } | null;
  const said = error?.error?.message ?? text.slice(0, 300);
  const message = `${method} ${path} answered ${status}: ${said}`;
  if (status === 401 || status === 403) {
    return refused(
      message,
      'Give whoever deploys the role Website Contributor on the resource group, and sign in to the right tenant.',
    );
  }
  return deploymentFailed(message, 'See what Azure says; the version that ran before runs on.');
}

function unreachable(where: string, cause: unknown): MispricedError {
  return deploymentFailed(`${where} cannot be reached.`, 'Check the network and try again.', cause);
}

function refused(message: string, fix: string, cause?: unknown): MispricedError {
  return new MispricedError({ code: 'CREDENTIAL_REFUSED', message, fix, cause });
}
