import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A secret in the stand-in's vault. */
export interface FakeSecret {
  value: string;
  enabled?: boolean;
  /** Seconds since 1970. */
  expires?: number;
}

/** Why the vault says no, in Azure's own codes. */
export type Refusal = 'AccessDenied' | 'ForbiddenByRbac' | 'ForbiddenByFirewall';

export const tenantId = '11111111-2222-3333-4444-555555555555';
export const principalId = '22222222-3333-4444-5555-666666666666';
export const principalSecret = 'fake~principal-secret-0123456789';
export const managedIdentityHeader = 'fake-identity-header';

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as it came in. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bearer: string | null;
}

/**
 * A simulation of what the SDKs ask Azure for, on loopback: a vault's secrets with its challenge, Entra's
 * tokens by client secret, and the managed-identity endpoint of App Service. Bodies are shaped as
 * Azure's are.
 */
export class FakeAzure {
  readonly secrets = new Map<string, FakeSecret>();
  /** Client ids that a managed identity answers to. */
  readonly managedIdentities = new Set<string>();
  readonly seen: Seen[] = [];
  /** Client ids that the vault refuses, and how. */
  readonly refused = new Map<string, Refusal>();
  /** Answers every request for a secret with this status. */
  broken: number | null = null;
  /** Never answers requests for secrets. */
  silent = false;
  /** Secrets being asked for at one moment, at most. */
  mostAtOnce = 0;
  #now = 0;
  readonly #server = createServer((request, response) => {
    void this.#serve(request, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Names of the secrets asked for with a token, in order. */
  get secretsRead(): string[] {
    return this.seen
      .filter((request) => request.path.startsWith('/secrets/') && request.bearer !== null)
      .map((request) => request.path.split('/')[2] ?? '');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await text(request);
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
    this.seen.push({
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      bearer,
    });
    const answer = await this.#answer(request, { url, body, bearer });
    if (!answer) return;
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  async #answer(
    request: IncomingMessage,
    { url, body, bearer }: { url: URL; body: string; bearer: string | null },
  ): Promise<Answer | null> {
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return this.#discovery();
    if (url.pathname.endsWith('/oauth2/v2.0/token')) return token(new URLSearchParams(body));
    if (url.pathname === '/msi/token') return this.#managed(request, url);
    if (!url.pathname.startsWith('/secrets/')) {
      return { status: 501, body: { error: { code: 'NotImplemented', message: url.pathname } } };
    }
    if (this.silent) return null;
    this.#now += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#now);
    await new Promise((resolve) => setTimeout(resolve, 15));
    this.#now -= 1;
    return this.#secret(url, bearer);
  }

  #discovery(): Answer {
    const authority = this.url.replace('http:', 'https:');
    return {
      status: 200,
      body: {
        token_endpoint: `${authority}/${tenantId}/oauth2/v2.0/token`,
        authorization_endpoint: `${authority}/${tenantId}/oauth2/v2.0/authorize`,
        issuer: `${authority}/${tenantId}/v2.0`,
        jwks_uri: `${authority}/${tenantId}/discovery/v2.0/keys`,
      },
    };
  }

  #managed(request: IncomingMessage, url: URL): Answer {
    const clientId = url.searchParams.get('client_id') ?? 'system';
    const isAsked =
      request.headers['x-identity-header'] === managedIdentityHeader &&
      url.searchParams.get('api-version') === '2019-08-01';
    if (!isAsked) return { status: 400, body: { statusCode: 400, message: 'Bad request.' } };
    if (!this.managedIdentities.has(clientId)) {
      const message =
        'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';
      return { status: 400, body: { statusCode: 400, message } };
    }
    return {
      status: 200,
      body: {
        access_token: `token-of-${clientId}`,
        expires_on: String(Math.floor(Date.now() / 1000) + 3600),
        resource: url.searchParams.get('resource'),
        token_type: 'Bearer',
        client_id: clientId,
      },
    };
  }

  #secret(url: URL, bearer: string | null): Answer {
    const name = url.pathname.split('/')[2] ?? '';
    if (bearer === null) {
      const authority = this.url.replace('http:', 'https:');
      return {
        status: 401,
        body: { error: { code: 'Unauthorized', message: 'AKV10000: Request is missing a token.' } },
        headers: {
          'www-authenticate': `Bearer authorization="${authority}/${tenantId}", resource="https://vault.azure.net"`,
        },
      };
    }
    if (this.broken !== null) {
      return { status: this.broken, body: { error: { code: 'Internal', message: 'Sorry.' } } };
    }
    const refusal = this.refused.get(bearer.replace('token-of-', ''));
    if (refusal) return forbidden(refusal, `Words about ${name} that nobody repeats.`);
    const secret = this.secrets.get(name);
    if (!secret) {
      const message = `A secret with (name/id) ${name} was not found in this key vault.`;
      return { status: 404, body: { error: { code: 'SecretNotFound', message } } };
    }
    if (secret.enabled === false) {
      return forbidden('SecretDisabled', 'Operation get is not allowed on a disabled secret.');
    }
    return {
      status: 200,
      body: {
        value: secret.value,
        id: `${this.url}/secrets/${name}/0123456789abcdef0123456789abcdef`,
        attributes: {
          enabled: true,
          created: 1_700_000_000,
          updated: 1_700_000_000,
          ...(secret.expires !== undefined && { exp: secret.expires }),
          recoveryLevel: 'Recoverable',
        },
        tags: {},
      },
    };
  }
}

function forbidden(code: string, message: string): Answer {
  return { status: 403, body: { error: { code: 'Forbidden', message, innererror: { code } } } };
}

function token(form: URLSearchParams): Answer {
  const refuse = (error: string, code: number, words: string): Answer => ({
    status: error === 'invalid_client' ? 401 : 400,
    body: {
      error,
      error_description: `AADSTS${code}: ${words} Trace ID: 0 Correlation ID: 0`,
      error_codes: [code],
    },
  });
  if (form.get('client_id') !== principalId) {
    return refuse('unauthorized_client', 700016, 'Application was not found in the directory.');
  }
  if (form.get('client_secret') === 'expired-principal-secret') {
    return refuse('invalid_client', 7000222, 'The provided client secret keys are expired.');
  }
  if (form.get('client_secret') !== principalSecret) {
    return refuse('invalid_client', 7000215, 'Invalid client secret provided.');
  }
  const clientId = form.get('client_id') ?? '';
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: 3599, access_token: `token-of-${clientId}` },
  };
}
