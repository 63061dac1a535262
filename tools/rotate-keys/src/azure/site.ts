import { expectationHeader, formatExpectation, type SecretExpectation } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import type { ArmClient } from '@mispriced/deploy';
import { z } from 'zod';
import type { Timeouts } from '../timeouts.ts';
import { createHostProbe, type HostAnswer } from './host-probe.ts';
import { effect, type RotationDependencies } from '../rotation-dependencies.ts';

const siteSchema = z.object({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({
    defaultHostName: z.string(),
    functionAppConfig: z
      .object({ deployment: z.object({ storage: z.object({ value: z.string().nullish() }) }) })
      .nullish(),
  }),
});

const referencesSchema = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      properties: z.object({
        status: z.string(),
        details: z.string().nullish(),
        activeVersion: z.string().nullish(),
      }),
    }),
  ),
});

const hostSchema = z.object({
  state: z.string(),
  errors: z.array(z.string()).nullish(),
  processUptime: z.number().nullish(),
});

const statusSchema = z.object({
  healthy: z.boolean(),
  strategy: z.string().nullish(),
  nextRun: z.string().nullish(),
  health: z.array(z.object({ name: z.string(), healthy: z.boolean(), detail: z.string() })),
  expected: z.object({ key: z.string(), holds: z.boolean(), wrote: z.boolean() }).nullish(),
});

/** What became of one setting that is a reference. */
type ReferenceState = z.infer<typeof referencesSchema>['value'][number];
/** What the functions host says of itself. */
export type HostState = z.infer<typeof hostSchema>;
/** What the strategy's function `status` says. */
export type AppStatus = z.infer<typeof statusSchema>;

/** A function app as it was listed. */
export interface ListedSite {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The container that its code comes from, as a URL. */
  readonly deploymentUrl: string | null;
}

/** A function app, as far as keys concern it. */
export interface Site extends ListedSite {
  /** Needs `Microsoft.Web/sites/config/list/action`, as of Website Contributor. */
  settings(): Promise<Readonly<Record<string, string>>>;
  /** Replaces all settings, which restarts the app. */
  writeSettings(settings: Readonly<Record<string, string>>, why: string): Promise<void>;
  references(): Promise<readonly ReferenceState[]>;
  /** Has Azure fetch every reference anew, which restarts the app. */
  refreshReferences(): Promise<void>;
  restart(): Promise<void>;
  /** Whether code was brought to it, by whatever tool; one whose host cannot start has some. */
  hasCode(): Promise<boolean>;
  /** Null while the host does not answer. */
  hostState(): Promise<HostState | null>;
  /** Null while the function does not answer, or the app has none. */
  status(expectation?: SecretExpectation): Promise<AppStatus | null>;
  /**
   * Whether its host is at work, asked until that is certain.
   *
   * @param timeouts How long to go on asking where there is neither a yes nor a no.
   * @throws MispricedError `ROTATION_BUSY` where it could not be told.
   */
  isAtWork(timeouts: Pick<Timeouts, 'pollMilliseconds'>): Promise<boolean>;
  /**
   * The strategy that it runs, as it once said or now says; null for one that is known to run none.
   *
   * @throws MispricedError `ROTATION_BUSY` where it could not be told.
   */
  strategy(timeouts: Pick<Timeouts, 'pollMilliseconds'>): Promise<string | null>;
  /** The strategy that it said it runs, if it ever did. */
  knownStrategy(): string | null;
}

/** What the platform answers for a host that does not run. */
const hostIsDown = 503;
const mostQuestions = 10;
const saidAgain = 3;
/** What the resource manager answers for a host that starts, or cannot. */
const hostSilent = [400, 404, 409];

/** Lists the function apps of a resource group. Needs Reader on it. */
export async function listSites(arm: ArmClient, groupId: string): Promise<readonly ListedSite[]> {
  const path = `${groupId}/providers/Microsoft.Web/sites`;
  const { body } = await arm.send({ method: 'GET', path });
  return z
    .object({ value: z.array(siteSchema) })
    .parse(body)
    .value.map(({ id, name, tags, properties }) => ({
      id,
      name,
      tags: tags ?? {},
      host: properties.defaultHostName,
      deploymentUrl: properties.functionAppConfig?.deployment.storage.value ?? null,
    }));
}

/** Joins what the resource manager and the app's own host say of it. */
export function openSite(
  listed: ListedSite,
  arm: ArmClient,
  dependencies: RotationDependencies,
): Site {
  const { id, name } = listed;
  const probe = createHostProbe({ site: listed, arm, dependencies });
  let hadCode = false;
  let knownStrategy: string | null = null;
  const status: Site['status'] = async (expectation) => {
    const headers = expectation && { [expectationHeader]: formatExpectation(expectation) };
    const said = statusSchema.safeParse((await probe('/api/status', headers))?.body).data ?? null;
    knownStrategy = said?.strategy ?? knownStrategy;
    return said;
  };
  /** Asks until an answer is certain, which one that fails for a moment is not. */
  const askUntilCertain = async <Result>(
    path: string,
    { pollMilliseconds }: Pick<Timeouts, 'pollMilliseconds'>,
    read: (answer: HostAnswer) => { readonly certain: Result } | null,
  ): Promise<Result> => {
    let same: Result | undefined;
    let times = 0;
    for (let attempt = 1; attempt <= mostQuestions; attempt += 1) {
      const answer = await probe(path);
      const heard = answer === null ? null : read(answer);
      times = heard !== null && heard.certain === same ? times + 1 : 1;
      same = heard?.certain;
      // That it works is seen at once; that it does not is believed when it was said again.
      if (heard !== null && (heard.certain || times >= saidAgain)) return heard.certain;
      await dependencies.sleep(pollMilliseconds);
    }
    throw new MispricedError({
      code: 'ROTATION_BUSY',
      message: `Whether ${name} is at work could not be seen, so it was not restarted.`,
      fix: 'See whether it answers and Azure is busy, then give the command again. Where it is down for certain, restart it in Azure first.',
      retryable: true,
    });
  };
  const send = async (what: string, request: Parameters<ArmClient['send']>[0]): Promise<void> => {
    await effect(dependencies, `${what} ${name}`, () => arm.send(request));
  };
  return {
    ...listed,
    settings: async () => {
      const path = `${id}/config/appsettings/list`;
      const { body } = await arm.send({ method: 'POST', path });
      const schema = z.object({ properties: z.record(z.string(), z.string()).nullish() });
      return schema.parse(body).properties ?? {};
    },
    writeSettings: (settings, why) =>
      send(`write ${why} of`, {
        method: 'PUT',
        path: `${id}/config/appsettings`,
        body: { properties: settings },
      }),
    references: async () => {
      const path = `${id}/config/configreferences/appsettings`;
      return referencesSchema.parse((await arm.send({ method: 'GET', path })).body).value;
    },
    refreshReferences: () =>
      send('refresh', {
        method: 'POST',
        path: `${id}/config/configreferences/appsettings/refresh`,
        apiVersion: '2022-03-01',
      }),
    restart: () => send('restart', { method: 'POST', path: `${id}/restart` }),
    hasCode: async () => {
      const { status: said, body } = await arm.send({
        method: 'GET' as const,
        path: `${id}/functions`,
        allow: hostSilent,
      });
      // A host that cannot start, which only one with code tries to, has no list to give.
      if (said >= 400) hadCode ||= said === 400;
      else hadCode ||= z.object({ value: z.array(z.unknown()) }).parse(body).value.length > 0;
      return hadCode;
    },
    hostState: async () =>
      hostSchema.safeParse((await probe('/admin/host/status'))?.body).data ?? null,
    status,
    knownStrategy: () => knownStrategy,
    isAtWork: (timeouts) =>
      askUntilCertain('/admin/host/status', timeouts, (answer) => {
        if (hostSchema.safeParse(answer.body).success) return { certain: true };
        return answer.status === hostIsDown ? { certain: false } : null;
      }),
    strategy: async (timeouts) => {
      if (knownStrategy !== null) return knownStrategy;
      return askUntilCertain('/api/status', timeouts, (answer) => {
        const said = statusSchema.safeParse(answer.body).data;
        if (said !== undefined) knownStrategy = said.strategy ?? null;
        return said !== undefined || answer.status === 404 ? { certain: knownStrategy } : null;
      });
    },
  };
}
