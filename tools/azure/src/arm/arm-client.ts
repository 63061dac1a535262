import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type HttpMethods,
  type Pipeline,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import { type Clock, systemClock, waitUntil } from '../wait-until.ts';
import type { ArmConnection } from './arm-connection.ts';
import { ArmError } from './arm-error.ts';
import { fetchClient } from './fetch-client.ts';
import { pauseMilliseconds, withRetries } from './retry.ts';
import { explainedCredential } from './sign-in.ts';

/** A body of the resource manager. */
export type Json = Record<string, unknown>;

/** A question to the resource manager. */
export interface ArmRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From `/subscriptions` on, without the API version. */
  readonly path: string;
  readonly apiVersion: string;
  readonly body?: unknown;
  /** Statuses that are taken as they are, and at once. */
  readonly allow?: readonly number[];
}

/** An answer of the resource manager; the body is null where it was no JSON. */
export interface ArmAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Makes an error for people of what went wrong. */
export type ExplainArmError = (error: ArmError) => Error;

const longestPollSeconds = 600;
const usualPollSeconds = 2;
const pageSchema = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });
const operationSchema = z.object({ status: z.string() });

/**
 * The one way in which tools talk to Azure's resource manager: it signs in, tries again what may pass,
 * waits for what Azure does in the background, and reads lists to their end.
 *
 * Every method throws an `ArmError`, or what `explain` makes of it, for an answer that is neither a
 * success nor allowed, and a MispricedError `CREDENTIAL_REFUSED` where nobody is signed in.
 */
export class ArmClient {
  readonly #connection: ArmConnection;
  readonly #credential: ReturnType<typeof explainedCredential>;
  readonly #explain: ExplainArmError;
  readonly #clock: Clock;
  readonly #http: HttpClient;
  readonly #pipeline: Pipeline = createEmptyPipeline();

  constructor(connection: ArmConnection, explain: ExplainArmError = (error) => error) {
    this.#connection = connection;
    this.#explain = explain;
    this.#clock = connection.clock ?? systemClock;
    this.#http = fetchClient(connection.fetch);
    const credential = explainedCredential(connection.credential);
    this.#credential = credential;
    const scopes = scopeOf(connection);
    this.#pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes }));
  }

  /** A token that the resource manager takes, and the apps' deployment services with it. */
  async token(): Promise<string> {
    return (await this.#credential.getToken(scopeOf(this.#connection))).token;
  }

  /** One question, one answer; what goes on in the background is not waited for. */
  async send(request: ArmRequest): Promise<ArmAnswer> {
    const { status, bodyAsText } = await this.#send(request);
    return { status, body: jsonOf(bodyAsText) };
  }

  /** What is at a path, or null where nothing is. `list` asks for what only a POST tells. */
  async read(path: string, apiVersion: string, sub?: 'list'): Promise<Json | null> {
    const place = sub === undefined ? path : `${path}/${sub}`;
    const method = sub === undefined ? 'GET' : 'POST';
    const { status, body } = await this.send({ method, path: place, apiVersion, allow: [404] });
    return status === 404 ? null : ((body ?? {}) as Json);
  }

  /** Everything in a list, page by page; null where a page answers a status that is allowed. */
  list(path: string, apiVersion: string): Promise<unknown[]>;
  list(path: string, apiVersion: string, allow: readonly number[]): Promise<unknown[] | null>;
  async list(
    path: string,
    apiVersion: string,
    allow: readonly number[] = [],
  ): Promise<unknown[] | null> {
    const items: unknown[] = [];
    let next: string | null = path;
    while (next !== null) {
      const answer: ArmAnswer = await this.send({ method: 'GET', path: next, apiVersion, allow });
      if (allow.includes(answer.status)) return null;
      const page: z.infer<typeof pageSchema> = pageSchema.parse(answer.body);
      items.push(...page.value);
      next = page.nextLink ?? null;
    }
    return items;
  }

  /** Creates or updates, and answers with what is there once the work is done. */
  async write(path: string, apiVersion: string, body: Json): Promise<Json> {
    const answer = await this.#send({ method: 'PUT', path, apiVersion, body });
    const first = (jsonOf(answer.bodyAsText) ?? {}) as Json;
    if (!(await this.#finish(answer, apiVersion)) && answer.status !== 202) return first;
    return (await this.read(path, apiVersion)) ?? first;
  }

  /** Has something done that is no change of a resource, and waits for its end. */
  async act(path: string, apiVersion: string, allow: readonly number[] = []): Promise<void> {
    const answer = await this.#send({ method: 'POST', path, apiVersion, allow });
    await this.#finish(answer, apiVersion);
  }

  /** Deletes, and waits until it is gone. What is not there is no mistake. */
  async delete(path: string, apiVersion: string): Promise<void> {
    const answer = await this.#send({ method: 'DELETE', path, apiVersion, allow: [404] });
    await this.#finish(answer, apiVersion);
  }

  async #send(asked: ArmRequest): Promise<PipelineResponse> {
    const { method, allow = [] } = asked;
    const url = new URL(asked.path, this.#connection.endpoint);
    // A link that Azure gives names its own.
    if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', asked.apiVersion);
    const question = { method, path: url.pathname };
    const answer = await withRetries({
      clock: this.#clock,
      allow,
      send: () => this.#ask(method, url.href, asked.body),
      mayPass: (error) => !(error instanceof MispricedError),
    }).catch((cause: unknown) => {
      if (cause instanceof MispricedError) throw cause;
      const text = cause instanceof Error ? cause.message : String(cause);
      throw this.#explain(new ArmError({ status: null, text, question, cause }));
    });
    const { status, bodyAsText } = answer;
    if ((status >= 200 && status < 300) || allow.includes(status)) return answer;
    throw this.#explain(new ArmError({ status, text: bodyAsText ?? '', question }));
  }

  #ask(method: HttpMethods, url: string, body: unknown): Promise<PipelineResponse> {
    const headers = createHttpHeaders({ 'content-type': 'application/json' });
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const request = createPipelineRequest({ url, method, headers, ...text });
    return this.#pipeline.sendRequest(this.#http, request);
  }

  /** Waits for the operation that an answer started; false where it started none. */
  async #finish(first: PipelineResponse, apiVersion: string): Promise<boolean> {
    const operation = first.headers.get('azure-asyncoperation');
    const location = first.status === 202 ? first.headers.get('location') : undefined;
    const place = operation ?? location;
    if (place === undefined || first.status >= 300) return false;
    let last = first;
    const pause = (): number => pauseMilliseconds(last, usualPollSeconds, this.#clock);
    await this.#clock.sleep(pause());
    const done = await waitUntil({
      clock: this.#clock,
      limit: { seconds: longestPollSeconds },
      pollMilliseconds: pause,
      ask: async () => {
        last = await this.#send({ method: 'GET', path: place, apiVersion });
        if (operation === undefined) return last.status === 202 ? null : true;
        const text = last.bodyAsText ?? '';
        const state = operationSchema.safeParse(jsonOf(text)).data?.status.toLowerCase();
        if (state !== 'failed' && state !== 'canceled') return state === 'succeeded' ? true : null;
        const question = { method: 'GET', path: new URL(place).pathname };
        throw this.#explain(new ArmError({ status: last.status, text, question }));
      },
    });
    if (done !== null) return true;
    throw new Error(`Azure was still at work after ${longestPollSeconds} seconds: ${place}`);
  }
}

function scopeOf({ audience }: ArmConnection): string {
  return `${audience.replace(/\/+$/, '')}/.default`;
}

function jsonOf(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
