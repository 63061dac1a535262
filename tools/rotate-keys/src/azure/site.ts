import { expectationHeader, formatExpectation, type SecretExpectation } from '@mispriced/config';
import {
  type ArmClient,
  type FunctionApp,
  type HostAnswer,
  type HostStatus,
  hostStatusIn,
  openFunctionApp,
  type ReferenceState,
  type Site as FoundSite,
  waitUntil,
} from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import type { Timeouts } from '../timeouts.ts';
import { effect, type RotationDependencies } from '../rotation-dependencies.ts';

const statusSchema = z.object({
  healthy: z.boolean(),
  account: z.string().nullish(),
  nextRun: z.string().nullish(),
  health: z.array(z.object({ name: z.string(), healthy: z.boolean(), detail: z.string() })),
  expected: z.object({ key: z.string(), holds: z.boolean(), wrote: z.boolean() }).nullish(),
});

/** What the strategy's function `status` says. */
export type AppStatus = z.infer<typeof statusSchema>;

/** A function app, as far as keys concern it. */
export interface Site extends Pick<FoundSite, 'id' | 'name' | 'deploymentContainerUrl'> {
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
  hostState(): Promise<HostStatus | null>;
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
   * The account that it trades with, as it once said or now says; null for one that trades with none.
   *
   * @throws MispricedError `ROTATION_BUSY` where it could not be told.
   */
  account(timeouts: Pick<Timeouts, 'pollMilliseconds'>): Promise<string | null>;
  /** The account that it said it trades with, if it ever did. */
  knownAccount(): string | null;
}

/** What the platform answers for a host that does not run. */
const hostIsDown = 503;
const mostQuestions = 10;
const saidAgain = 3;
/** What the resource manager answers for a host that starts, or cannot; others say nothing of it. */
const withoutList = [400, 404, 409];

/** Joins what the resource manager and the app's own host say of it. */
export function openSite(
  site: FoundSite,
  arm: ArmClient,
  dependencies: RotationDependencies,
): Site {
  const { name } = site;
  const { fetch, endpoints } = dependencies;
  const app = openFunctionApp({ site, arm, fetch, addressOf: endpoints.addressOf });
  // Who may not read the host's key learns no more of it than of one that does not answer.
  const ask: FunctionApp['ask'] = (...question) => app.ask(...question).catch(() => null);
  let hadCode = false;
  let knownAccount: string | null = null;
  const status: Site['status'] = async (expectation) => {
    const headers = expectation ? { [expectationHeader]: formatExpectation(expectation) } : {};
    const said = statusSchema.safeParse((await ask('/api/status', { headers }))?.body).data ?? null;
    knownAccount = said?.account ?? knownAccount;
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
    const known = await waitUntil({
      clock: dependencies,
      limit: { times: mostQuestions },
      pollMilliseconds,
      ask: async () => {
        const answer = await ask(path);
        const heard = answer === null ? null : read(answer);
        times = heard !== null && heard.certain === same ? times + 1 : 1;
        same = heard?.certain;
        // That it works is seen at once; that it does not is believed when it was said again.
        return heard !== null && (heard.certain || times >= saidAgain) ? heard : null;
      },
    });
    if (known !== null) return known.certain;
    throw new MispricedError({
      code: 'ROTATION_BUSY',
      message: `Whether ${name} is at work could not be seen, so it was not restarted.`,
      fix: 'See whether it answers and Azure is busy, then give the command again. Where it is down for certain, restart it in Azure first.',
      retryable: true,
    });
  };
  const change = (what: string, done: () => Promise<void>): Promise<void> =>
    effect(dependencies, `${what} ${name}`, done);
  return {
    id: site.id,
    name,
    deploymentContainerUrl: site.deploymentContainerUrl,
    settings: () => app.settings(),
    writeSettings: (settings, why) => change(`write ${why} of`, () => app.writeSettings(settings)),
    references: () => app.references(),
    refreshReferences: () => change('refresh', () => app.refreshReferences()),
    restart: () => change('restart', () => app.restart()),
    hasCode: async () => {
      const { names, status: said } = await app.functions(withoutList);
      // A host that cannot start, which only one with code tries to, has no list to give.
      hadCode ||= names.length > 0 || said === 400;
      return hadCode;
    },
    hostState: async () => hostStatusIn((await ask('/admin/host/status'))?.body),
    status,
    knownAccount: () => knownAccount,
    isAtWork: (timeouts) =>
      askUntilCertain('/admin/host/status', timeouts, (answer) => {
        if (hostStatusIn(answer.body) !== null) return { certain: true };
        return answer.status === hostIsDown ? { certain: false } : null;
      }),
    account: async (timeouts) => {
      if (knownAccount !== null) return knownAccount;
      return askUntilCertain('/api/status', timeouts, (answer) => {
        const said = statusSchema.safeParse(answer.body).data;
        if (said !== undefined) knownAccount = said.account ?? null;
        return said !== undefined || answer.status === 404 ? { certain: knownAccount } : null;
      });
    },
  };
}
