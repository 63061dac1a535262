import { setTimeout as sleepFor } from 'node:timers/promises';
import { ArmError } from './arm-error.ts';
import type { Json } from './type-spec.ts';

/** What a client of the resource manager needs; `fetch` brings its trust in certificates along. */
export interface ArmConnection {
  endpoint: string;
  subscriptionId: string;
  tenantId: string;
  clientId: string;
  getToken: () => Promise<string>;
  fetch: typeof fetch;
  sleep?: (milliseconds: number) => Promise<unknown>;
}

/** Tries in all where the answer says to try again, as the real provider has them. */
const mostTries = 4;
const retried = new Set([408, 429, 500, 502, 503, 504]);
const longestPollSeconds = 600;

/** Sends requests to the resource manager and waits for what it does in the background. */
export class ArmClient {
  readonly connection: ArmConnection;

  constructor(connection: ArmConnection) {
    this.connection = connection;
  }

  /** What is at a path, or null where nothing is. */
  async read(path: string, apiVersion: string, sub?: 'list'): Promise<Json | null> {
    const answer = sub
      ? await this.#send('POST', `${path}/${sub}?api-version=${apiVersion}`)
      : await this.#send('GET', `${path}?api-version=${apiVersion}`);
    if (answer.status === 404) return null;
    return this.#bodyOf(answer);
  }

  /** Creates or updates, and answers with what is there once the work is done. */
  async write(path: string, apiVersion: string, body: Json): Promise<Json> {
    const answer = await this.#send('PUT', `${path}?api-version=${apiVersion}`, body);
    const first = await this.#bodyOf(answer);
    if (!(await this.#finish(answer)) && answer.status !== 202) return first;
    return (await this.read(path, apiVersion)) ?? first;
  }

  /** Has something done that is no change of a resource, and waits for its end. */
  async act(path: string, apiVersion: string): Promise<void> {
    const answer = await this.#send('POST', `${path}?api-version=${apiVersion}`);
    await this.#bodyOf(answer);
    await this.#finish(answer);
  }

  /** Deletes, and waits until it is gone. What is not there is no mistake. */
  async delete(path: string, apiVersion: string): Promise<void> {
    const answer = await this.#send('DELETE', `${path}?api-version=${apiVersion}`);
    if (answer.status === 404) return;
    await this.#bodyOf(answer);
    await this.#finish(answer);
  }

  /**
   * Removes for good what soft delete keeps of a vault, which frees its name. Needs
   * `Microsoft.KeyVault/locations/deletedVaults/purge/action`; a protected vault refuses it.
   */
  async purgeVault(vaultId: string, location: string): Promise<void> {
    const name = vaultId.split('/').at(-1) ?? '';
    const deleted = `/subscriptions/${this.connection.subscriptionId}/providers/Microsoft.KeyVault/locations/${location}/deletedVaults/${name}`;
    const answer = await this.#send('POST', `${deleted}/purge?api-version=2024-11-01`);
    if (answer.status === 404) return;
    await this.#bodyOf(answer);
    await this.#finish(answer);
  }

  async #send(method: string, target: string, body?: Json): Promise<Response> {
    const { connection } = this;
    const url = target.startsWith('http') ? target : connection.endpoint + target;
    for (let tries = 1; ; tries += 1) {
      const answer = await connection.fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${await connection.getToken()}`,
          'content-type': 'application/json',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!retried.has(answer.status) || tries === mostTries) return answer;
      await this.#wait(answer, 2 ** tries);
    }
  }

  /** Waits for the operation that an answer started; false where it started none. */
  async #finish(answer: Response): Promise<boolean> {
    const operation = answer.headers.get('azure-asyncoperation');
    const location = operation ?? (answer.status === 202 ? answer.headers.get('location') : null);
    if (location === null) return false;
    let last = answer;
    for (let waited = 0; waited < longestPollSeconds;) {
      waited += await this.#wait(last, 2);
      last = await this.#send('GET', location);
      const body = await this.#bodyOf(last);
      const status = operation === null ? null : String(body['status']);
      if (status === 'Failed' || status === 'Canceled') throw new ArmError(last.status, body);
      if (status === 'Succeeded' || (status === null && last.status !== 202)) return true;
    }
    throw new Error(`Azure was still at work after ${longestPollSeconds} seconds: ${location}`);
  }

  async #wait(answer: Response, otherwiseSeconds: number): Promise<number> {
    const named = answer.headers.get('retry-after');
    const seconds = named === null ? otherwiseSeconds : Number(named);
    await (this.connection.sleep ?? sleepFor)(seconds * 1000);
    return Math.max(seconds, 0.1);
  }

  async #bodyOf(answer: Response): Promise<Json> {
    const text = await answer.text();
    const body = text === '' ? {} : (JSON.parse(text) as Json);
    if (!answer.ok) throw new ArmError(answer.status, body);
    return body;
  }
}
