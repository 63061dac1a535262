import { setTimeout as sleep } from 'node:timers/promises';
import { MispricedError } from '@mispriced/core';
import type { ArmConnection } from '@mispriced/local-cloud/provider';
import { z } from 'zod';

const page = z.object({ value: z.array(z.unknown()), nextLink: z.string().nullish() });

/**
 * Reads a list of the resource manager, page by page.
 *
 * @throws MispricedError CREDENTIAL_REFUSED where the sign-in may not, else ENVIRONMENT_FAILED.
 */
export async function listAll<Item>(args: {
  connection: ArmConnection;
  /** From `/subscriptions` on, without the API version. */
  path: string;
  apiVersion: string;
  schema: z.ZodType<Item>;
}): Promise<Item[]> {
  const { connection, apiVersion, schema } = args;
  const items: Item[] = [];
  let next: string | null = `${connection.endpoint}${args.path}?api-version=${apiVersion}`;
  while (next !== null) {
    const { value, nextLink }: z.infer<typeof page> = page.parse(
      await send(connection, 'GET', next),
    );
    items.push(...value.map((each) => schema.parse(each)));
    next = nextLink ?? null;
  }
  return items;
}

/** Asks for what only a POST tells, such as an app's keys. */
export async function post(
  connection: ArmConnection,
  path: string,
  apiVersion: string,
): Promise<unknown> {
  return send(connection, 'POST', `${connection.endpoint}${path}?api-version=${apiVersion}`);
}

const tries = 4;

/** Asks again where nothing was answered, or that it may pass. */
async function ask(connection: ArmConnection, method: string, url: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const headers = { authorization: `Bearer ${await connection.getToken()}` };
      const answer = await connection.fetch(url, { method, headers });
      if ((answer.status < 500 && answer.status !== 429) || attempt === tries) return answer;
      await answer.body?.cancel();
    } catch (error) {
      if (attempt === tries) throw error;
    }
    await sleep(1000 * 2 ** attempt);
  }
}

async function send(connection: ArmConnection, method: string, url: string): Promise<unknown> {
  const answer = await ask(connection, method, url);
  const text = await answer.text();
  if (answer.ok) return text === '' ? null : JSON.parse(text);
  const isRefused = answer.status === 401 || answer.status === 403;
  throw new MispricedError({
    code: isRefused ? 'CREDENTIAL_REFUSED' : 'ENVIRONMENT_FAILED',
    message: `${method} ${new URL(url).pathname} answered ${answer.status}: ${text.slice(0, 300)}`,
    fix: isRefused
      ? 'Give whoever looks after previews the role Contributor in the subscription.'
      : 'Run the same command again.',
    retryable: !isRefused,
  });
}
