import { environmentName, expectSecret, type Secret } from '@mispriced/config';
import { containers } from '@mispriced/core';
import type { HostStatus } from '@mispriced/azure';
import type { AppStatus, Site } from '../azure/site.ts';
import type { AppUse } from '../consumers/consumer.ts';
import { storageKey } from '../consumers/survey.ts';
import type { RotationWork } from './rotation-work.ts';

const proofPath = 'checks/storage-write.txt';

/** What an app shows of the key it has. */
export interface AppSight {
  /** Why it is not yet seen to have the key; empty where it is. */
  readonly lacks: readonly string[];
  /** What is wrong with it besides; empty where it is well. */
  readonly unwell: readonly string[];
}

/**
 * Looks whether an app has fetched the newest version of every secret that it refers to and works with
 * it. The stack's own app is asked whether it has this very value, and has to write with it something
 * that can be seen in the account; of any other app it is enough that it started since.
 *
 * @param args.since When it was told to fetch; null where it was not.
 */
export async function lookAtApp(args: {
  work: RotationWork;
  use: AppUse;
  site: Site;
  since: Date | null;
}): Promise<AppSight> {
  const { work, use, site, since } = args;
  const { unresolved, outdated } = await lookAtReferences(work, use, site);
  const unfetched = [...unresolved, ...outdated];
  if (!use.deployed) {
    // Nothing runs there that could be asked, and what it was once given may be kept for it.
    const untold = since === null ? ['it was not told to fetch'] : [];
    return { lacks: [...unfetched, ...untold], unwell: [] };
  }
  const host = await site.hostState();
  const unwell = hostFaults(host);
  const isOwn = site === work.environment.home.site;
  if (!isOwn) {
    const lacks = [...unfetched];
    if (!startedSince(host, since, work)) lacks.push('it has not started anew');
    return { lacks, unwell };
  }
  const value = expectedValue(work, use);
  const expectation = value === null ? undefined : expectSecret(storageKey, value);
  const status = await site.status(expectation);
  if (status === null) unwell.push('the function status does not answer');
  else unwell.push(...statusFaults(status));
  const answer = status?.expected ?? null;
  if (answer?.holds === true && answer.wrote && expectation !== undefined) {
    // It works with the very value, so a reference that does not resolve is no lack of it; one that
    // stands on an earlier version, as after a call that was killed, is fetched anew: the host may
    // use it by another setting.
    const isSeen = await isWritten(work, expectation.salt);
    const lacks = [...outdated, ...(isSeen ? [] : ['it has not written with it'])];
    return { lacks, unwell: [...unwell, ...unresolved] };
  }
  const lacks = [...unfetched];
  if (expectation === undefined || answer === null) {
    // An app from before it could be asked, or one that has this account's key in another setting.
    if (!startedSince(host, since, work)) lacks.push('it has not started anew');
  } else if (!answer.holds) {
    lacks.push('it has another value than the newest');
  } else {
    lacks.push('it has not written with it');
  }
  return { lacks, unwell };
}

/** What Azure says of an app's references: which do not resolve, and which stand on an older version. */
async function lookAtReferences(
  work: RotationWork,
  use: AppUse,
  site: Site,
): Promise<{ unresolved: string[]; outdated: string[] }> {
  const unresolved: string[] = [];
  const outdated: string[] = [];
  const states = use.references.length === 0 ? [] : await site.references();
  for (const { setting, secretName } of use.references) {
    const state = states.find(({ name }) => name === setting);
    if (state?.status !== 'Resolved') {
      unresolved.push(`Azure says ${state?.status ?? 'nothing'} of the setting ${setting}`);
      continue;
    }
    const secret = work.consumers.find(
      (each) => each.kind === 'secret' && each.secretName === secretName,
    );
    const version = secret?.kind === 'secret' ? secret.version : '';
    // Azure does not always say which version it has.
    const active = state.activeVersion ?? '';
    if (active !== '' && version !== '' && active !== version) {
      outdated.push(`the setting ${setting} has an older version of ${secretName}`);
    }
  }
  return { unresolved, outdated };
}

/** What the code's own setting ought to be now; null where it does not open this account. */
function expectedValue(work: RotationWork, use: AppUse): Secret | null {
  const setting = environmentName(storageKey);
  const reference = use.references.find((each) => each.setting === setting);
  const holder = work.consumers.find((each) =>
    each.kind === 'secret'
      ? each.secretName === reference?.secretName
      : reference === undefined && each.appName === use.name && each.setting === setting,
  );
  return holder?.value ?? null;
}

async function isWritten(work: RotationWork, salt: string): Promise<boolean> {
  const stored = await work.environment.objects.read(containers.runs, proofPath);
  return stored !== null && new TextDecoder().decode(stored.bytes) === salt;
}

function hostFaults(host: HostStatus | null): string[] {
  if (host === null) return ['the host does not answer'];
  const errors = host.errors ?? [];
  return host.state === 'Running' && errors.length === 0
    ? []
    : [`the host is ${host.state}: ${errors.join(' ')}`.trim()];
}

function statusFaults(status: AppStatus): string[] {
  return status.health
    .filter(({ healthy }) => !healthy)
    .map(({ name, detail }) => `${name}: ${detail}`);
}

/** Whether the process is younger than the request that it start; not known is no. */
function startedSince(host: HostStatus | null, since: Date | null, work: RotationWork): boolean {
  const uptime = host?.processUptime ?? null;
  if (since === null || uptime === null) return false;
  const startedAt = work.dependencies.now().getTime() - uptime;
  return startedAt >= since.getTime();
}
