import type { AccessToken } from '@azure/core-auth';
import type { CloudConnection } from '../arm/arm-connection.ts';

interface Metadata {
  authentication: { loginEndpoint: string; audiences: string[] };
  resourceManager: string;
}

const marginMilliseconds = 300_000;

/** Somebody who can sign in, and the host that says where its cloud is. */
export interface ConnectArgs {
  /** As in ARM_METADATA_HOSTNAME: a host and port, asked over HTTPS. */
  metadataHost: string;
  tenantId: string;
  subscriptionId: string;
  clientId: string;
  /** Its own secret; absent where it signs in with another issuer's token. */
  clientSecret?: string;
  /** Asks for such a token, which lives for minutes only. */
  federatedToken?: () => Promise<string>;
  fetch?: typeof fetch;
  clock?: () => number;
}

/**
 * Finds a cloud as the real provider does (its metadata, then a token) and
 * answers how to reach its resource manager. Tokens are kept until five minutes before their end.
 */
export async function connectToCloud(args: ConnectArgs): Promise<CloudConnection> {
  const request = args.fetch ?? fetch;
  const clock = args.clock ?? Date.now;
  const url = `https://${args.metadataHost}/metadata/endpoints?api-version=2022-09-01`;
  const metadata = (await readJson(await request(url), url)) as Metadata;
  const audience = metadata.authentication.audiences[0] ?? metadata.resourceManager;
  const endpoint = metadata.resourceManager.replace(/\/$/, '');
  const { subscriptionId, tenantId, clientId } = args;
  let kept: AccessToken | null = null;
  const getToken = async (): Promise<AccessToken> => {
    if (kept !== null && clock() < kept.expiresOnTimestamp - marginMilliseconds) return kept;
    const login = metadata.authentication.loginEndpoint.replace(/\/$/, '');
    const tokenUrl = `${login}/${tenantId}/oauth2/v2.0/token`;
    const answer = await request(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        ...(await proofOf(args)),
        scope: `${audience.replace(/\/$/, '')}/.default`,
      }),
    });
    const body = (await readJson(answer, tokenUrl)) as Record<string, unknown>;
    const expiresOnTimestamp = clock() + Number(body['expires_in'] ?? 0) * 1000;
    kept = { token: String(body['access_token']), expiresOnTimestamp };
    return kept;
  };
  const credential = { getToken };
  return { endpoint, audience, credential, subscriptionId, tenantId, clientId, fetch: request };
}

async function proofOf({ clientSecret, federatedToken }: ConnectArgs) {
  if (federatedToken === undefined) return { client_secret: clientSecret ?? '' };
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await federatedToken(),
  };
}

async function readJson(answer: Response, url: string): Promise<unknown> {
  // The body of a refused sign-in says why and holds no secret; it is the caller's own.
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
