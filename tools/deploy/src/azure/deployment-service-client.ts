import type { ArmClient } from '@mispriced/azure';
import type { DeployDependencies } from './deploy-dependencies.ts';

/** The deployment service of one app: its own host, which takes the resource manager's token. */
export interface DeploymentServiceClient {
  readonly host: string;
  readonly dependencies: DeployDependencies;
  /** Null where the network failed or the answer broke off. */
  get(path: string): Promise<DeploymentAnswer | null>;
  /** @throws Error of the network, where no answer came */
  post(path: string, zip: Uint8Array<ArrayBuffer>): Promise<DeploymentAnswer>;
}

/** An answer, read whole. */
interface DeploymentAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterSeconds: number | null;
}

/** Opens the deployment service of a host. @throws MispricedError `CREDENTIAL_REFUSED` at each call */
export function openDeploymentService(args: {
  dependencies: DeployDependencies;
  arm: ArmClient;
  host: string;
}): DeploymentServiceClient {
  const { dependencies, arm, host } = args;
  const send = async (
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
  ): Promise<DeploymentAnswer> => {
    const authorization = `Bearer ${await arm.token()}`;
    const headers = { ...init.headers, authorization };
    const answer = await dependencies
      .fetch(`${dependencies.endpoints.addressOf(host)}${path}`, { ...init, headers })
      .catch((error: unknown) => {
        throw new NoAnswer(error);
      });
    const text = await answer.text().catch((error: unknown) => {
      throw new NoAnswer(error);
    });
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const retryAfterSeconds = Number.isFinite(seconds) ? seconds : null;
    return { status: answer.status, text, retryAfterSeconds };
  };
  return {
    host,
    dependencies,
    get: async (path) => {
      try {
        return await send(path, { method: 'GET' });
      } catch (error) {
        if (error instanceof NoAnswer) return null;
        throw error;
      }
    },
    post: (path, zip) => {
      const headers = { 'content-type': 'application/zip', 'cache-control': 'no-cache' };
      return send(path, { method: 'POST', headers, body: zip });
    },
  };
}

/** What could only happen before anything was sent. */
const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** The network gave no answer; whether the request arrived may be unknown. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** True where the host was never reached, so that nothing can have come of it. */
  readonly isUnsent: boolean;

  constructor(cause: unknown) {
    super('There was no answer.', { cause });
    this.isUnsent = neverSent.includes(codeOf(cause));
  }
}

/** `fetch` hides the network's own code in causes, one in the other. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && neverSent.includes(code)) return code;
  if (error instanceof AggregateError) return error.errors.map(codeOf).find(Boolean) ?? '';
  return codeOf(error.cause);
}
