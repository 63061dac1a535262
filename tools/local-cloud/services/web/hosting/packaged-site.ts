import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type FunctionsHost, startFunctionsHost } from '@mispriced/functions-host';
import type { RunnableSite, SiteFunction, SiteStatus } from '../site-runtime.ts';
import type { DeploymentLog } from '../deployment/deployment-sites.ts';
import { describeSiteFunction } from './describe-site-function.ts';
import type { HostingOptions } from './hosting-options.ts';
import { openSiteRestarts, type SiteRestart } from './site-restarts.ts';
import { type PackageEntries, readEntries, unpackInto } from './unpack-package.ts';

/** How a site is, and when it was down. */
export interface PackagedSiteReport extends SiteStatus {
  readonly id: string;
  readonly name: string;
  /** The SHA-256 of the package that runs; null for none. */
  readonly package: string | null;
  readonly logFile: string;
  /** Of the app's own process; null while there is none. */
  readonly processId: number | null;
  readonly restarts: readonly SiteRestart[];
}

/** One site: what was deployed to it, and the host that runs it. */
export interface PackagedSite {
  start(): Promise<void>;
  /** Takes over other settings, which restarts it. */
  change(site: RunnableSite): Promise<void>;
  /** @throws Error where the package cannot be kept or unpacked; what ran before runs on. */
  deploy(zip: Uint8Array, log: DeploymentLog): Promise<void>;
  functions(): readonly SiteFunction[];
  status(): SiteStatus;
  report(): PackagedSiteReport;
  close(): Promise<void>;
}

/** A site that could not start is tried again after waits that grow to the last of these. */
const retrySeconds = [1, 2, 5, 10, 30] as const;

const unpackedPrefix = 'app-';

/** Of the host's own keys, as the real host says it when its storage does not let it in. */
const storageAdvice =
  "There was an error performing a read operation on the Blob Storage Secret Repository. Please ensure the 'AzureWebJobsStorage' connection string is valid.";

/** Makes a site that does not run yet. */
export function createPackagedSite(first: RunnableSite, options: HostingOptions): PackagedSite {
  const clock = options.clock ?? ((): Date => new Date());
  const folder = join(options.folder, first.name.toLowerCase());
  const logFile = join(folder, 'host.log');
  const restarts = openSiteRestarts(join(folder, 'restarts.json'));
  const closing = new AbortController();
  let site = first;
  let host: FunctionsHost | null = null;
  let reason: string | null = null;
  let unpacked: { sha256: string; folder: string } | null = null;
  /** Unpacked already, which saves the time to do it again. */
  let lastSent: { sha256: string; entries: PackageEntries } | null = null;
  let isBusy = false;
  let failures = 0;
  let asked = 0;
  let lastChange: Promise<void> = Promise.resolve();
  let cancelRetry = (): void => undefined;

  const unpackLatest = async (): Promise<string | null> => {
    const zip = await options.packages.read(site);
    if (zip === null) return null;
    const sha256 = sha256Of(zip);
    if (unpacked?.sha256 !== sha256) {
      const before = unpacked?.folder;
      const next = join(folder, `${unpackedPrefix}${process.pid}-${asked}`);
      const known = lastSent?.sha256 === sha256 ? lastSent.entries : null;
      await unpackInto(next, known ?? readEntries(zip));
      unpacked = { sha256, folder: next };
      lastSent = null;
      if (before !== undefined) await rm(before, { recursive: true, force: true });
    }
    return unpacked.folder;
  };

  const bringUp = async (): Promise<FunctionsHost | null> => {
    const appFolder = await unpackLatest();
    if (appFolder === null) {
      reason = 'No package was deployed to it.';
      return null;
    }
    const stateStore = options.stateStoreFor(site);
    await stateStore.read('probe').catch((error: unknown) => {
      throw new Error(`${storageAdvice} ${messageOf(error)}`, { cause: error });
    });
    const started = await startFunctionsHost({
      appFolder,
      stateStore,
      logFile,
      settings: site.environment,
      keys: { ...site.keys, keysByFunction: {} },
      runTimers: options.runTimers ?? true,
    });
    reason = null;
    return started;
  };

  const restart = async (why: SiteRestart['why'], mine: number): Promise<void> => {
    const downAt = clock().toISOString();
    const ran = host;
    host = null;
    isBusy = true;
    await ran?.stop();
    let started: FunctionsHost | null = null;
    try {
      const seconds = ran === null ? 0 : (options.restartSeconds?.() ?? 0);
      await wait(seconds * 1000, undefined, { signal: closing.signal });
      started = await bringUp();
      host = started;
      failures = 0;
    } catch (error) {
      if (closing.signal.aborted) return;
      reason = messageOf(error);
      options.log?.(`site ${site.name} did not start: ${reason}`);
      failures += 1;
      if (mine === asked) tryLater();
    } finally {
      isBusy = false;
    }
    const isUp = status().state === 'running';
    if (started !== null || ran !== null || why === 'deployment') {
      restarts.add({ why, downAt, upAt: isUp ? clock().toISOString() : null });
    }
    if (isUp) options.log?.(`site ${site.name} runs (${why})`);
  };

  /** One after the other; of several that wait, the last does for all. */
  const request = (why: SiteRestart['why']): Promise<void> => {
    cancelRetry();
    asked += 1;
    const mine = asked;
    lastChange = lastChange.then(async () => {
      if (mine === asked && !closing.signal.aborted) await restart(why, mine);
    });
    return lastChange;
  };

  const tryLater = (): void => {
    const seconds = retrySeconds[Math.min(failures, retrySeconds.length) - 1] ?? 30;
    const timer = setTimeout(() => void request('retry'), seconds * 1000);
    cancelRetry = () => {
      clearTimeout(timer);
    };
  };

  const status = (): SiteStatus => {
    if (isBusy) return { state: 'starting', url: null, reason: 'It is starting.' };
    if (host === null) {
      return { state: failures > 0 ? 'failed' : 'stopped', url: null, reason };
    }
    const { state, errors } = host.status();
    // The host answers its admin routes even when the app is in error.
    const { url } = host;
    if (state === 'Running') return { state: 'running', url, reason: null };
    return { state: state === 'Error' ? 'failed' : 'starting', url, reason: errors.join(' ') };
  };

  return {
    status,
    start: async () => {
      await removeUnpacked(folder);
      await request('start');
    },
    change: (changed) => {
      site = changed;
      failures = 0;
      return request('change');
    },
    deploy: async (zip, log) => {
      // What cannot be unpacked is refused before the package that runs is replaced.
      const entries = readEntries(zip);
      log.log('[Kudu-PackageZipStep] starting.');
      log.detail(`The package holds ${Object.keys(entries).length} files.`);
      await options.packages.write(site, zip);
      lastSent = { sha256: sha256Of(zip), entries };
      log.log('[Kudu-RestartWorkersStep] starting.');
      await request('deployment');
    },
    functions: () => host?.functions().map(describeSiteFunction) ?? [],
    report: () => ({
      id: site.id,
      name: site.name,
      logFile,
      package: unpacked?.sha256 ?? null,
      ...status(),
      restarts: restarts.all(),
      processId: host?.status().processId ?? null,
    }),
    close: async () => {
      cancelRetry();
      closing.abort();
      await lastChange;
      await host?.stop();
      host = null;
      await removeUnpacked(folder);
    },
  };
}

/** Also what a process left behind that was killed. */
async function removeUnpacked(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(unpackedPrefix));
  await Promise.all(names.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
