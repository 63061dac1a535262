import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { FunctionsHost } from '../functions/host/functions-host.ts';
import { startFunctionsHost } from '../functions/host/start-functions-host.ts';
import type { HostKeys } from '../functions/http/host-keys.ts';
import type { HostStateStore } from '../functions/state/host-state-store.ts';
import type { RunnableSite, SiteFunction, SiteRuntime, SiteStatus } from './site-runtime.ts';

/** Where the one package that a site runs is kept; on Azure a blob that every deployment replaces. */
export interface PackageShelf {
  read(site: RunnableSite): Promise<Uint8Array | null>;
  write(site: RunnableSite, zip: Uint8Array): Promise<void>;
}

/** Sites that run the package that was deployed to them. */
export interface PackagedSites extends SiteRuntime {
  /** @throws Error where the package cannot be kept or unpacked; what ran before runs on. */
  deploy(siteId: string, zip: Uint8Array, log: (message: string) => void): Promise<void>;
  close(): Promise<void>;
}

interface Running {
  site: RunnableSite;
  host: FunctionsHost | null;
  reason: string | null;
}

/**
 * Runs each site's package under the functions host double, in a process of its own that gets the
 * site's settings as its environment.
 *
 * @param args.stateStoreFor Where a site's timers keep their state: its `AzureWebJobsStorage`.
 * @param args.runTimers False where timers are only to be fired by hand.
 */
export function createPackagedSites(args: {
  folder: string;
  shelf: PackageShelf;
  stateStoreFor: (site: RunnableSite) => HostStateStore;
  runTimers?: boolean;
}): PackagedSites {
  const running = new Map<string, Running>();
  const folderOf = (site: RunnableSite): string => join(args.folder, site.name.toLowerCase());
  let unpacked = 0;

  const launch = async (entry: Running, zip: Uint8Array): Promise<void> => {
    const { site } = entry;
    unpacked += 1;
    const appFolder = join(folderOf(site), `app-${process.pid}-${unpacked}`);
    await unpack(zip, appFolder);
    if (entry.host !== null) {
      entry.host.setKeys(keysOf(site));
      await entry.host.restart({ appFolder, settings: site.environment });
      return;
    }
    entry.host = await startFunctionsHost({
      appFolder,
      settings: site.environment,
      stateStore: args.stateStoreFor(site),
      logFile: join(folderOf(site), 'host.log'),
      keys: keysOf(site),
      runTimers: args.runTimers ?? true,
    });
  };

  const start = async (site: RunnableSite): Promise<void> => {
    const entry = running.get(site.id.toLowerCase()) ?? { site, host: null, reason: null };
    entry.site = site;
    running.set(site.id.toLowerCase(), entry);
    const zip = await args.shelf.read(site);
    entry.reason = zip === null ? 'No package was deployed to it.' : null;
    if (zip !== null) await launch(entry, zip);
  };

  return {
    start,
    restart: start,
    stop: async (siteId) => {
      const entry = running.get(siteId.toLowerCase());
      running.delete(siteId.toLowerCase());
      await entry?.host?.stop();
    },
    deploy: async (siteId, zip, log) => {
      const entry = running.get(siteId.toLowerCase());
      if (entry === undefined) throw new Error('The site is stopped.');
      // What cannot be unpacked is refused before the package that runs is replaced.
      log(`The package holds ${Object.keys(unzipSync(zip)).length} files.`);
      await args.shelf.write(entry.site, zip);
      log('[Kudu-RestartWorkersStep] starting.');
      await launch(entry, zip);
      entry.reason = null;
    },
    functions: (siteId) => {
      const host = running.get(siteId.toLowerCase())?.host ?? null;
      return Promise.resolve(host === null ? [] : host.functions().map(siteFunction));
    },
    status: (siteId) => Promise.resolve(statusOf(running.get(siteId.toLowerCase()))),
    close: async () => {
      for (const { host } of running.values()) await host?.stop();
      running.clear();
    },
  };
}

/** A shelf in a folder, for a cloud whose storage is not asked. */
export function createFolderShelf(folder: string): PackageShelf {
  const fileOf = (site: RunnableSite): string =>
    join(folder, site.name.toLowerCase(), 'released-package.zip');
  return {
    read: (site) => readFile(fileOf(site)).catch(() => null),
    write: async (site, zip) => {
      await mkdir(dirname(fileOf(site)), { recursive: true });
      await writeFile(`${fileOf(site)}.part`, zip);
      await rename(`${fileOf(site)}.part`, fileOf(site));
    },
  };
}

async function unpack(zip: Uint8Array, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    if (path.endsWith('/')) continue;
    if (path.split('/').includes('..') || path.startsWith('/')) {
      throw new Error(`The package names a file outside itself: ${path}`);
    }
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

function keysOf({ keys }: RunnableSite): HostKeys {
  return { ...keys, keysByFunction: {} };
}

function siteFunction(summary: ReturnType<FunctionsHost['functions']>[number]): SiteFunction {
  const { name, trigger, schedule, methods, authLevel } = summary;
  const binding =
    trigger === 'timer'
      ? { type: 'timerTrigger', direction: 'in', schedule }
      : { type: 'httpTrigger', direction: 'in', methods, authLevel };
  return { name, config: { name, bindings: [binding], language: 'node' } };
}

function statusOf(entry: Running | undefined): SiteStatus {
  if (entry === undefined) return { state: 'stopped', url: null, reason: 'The site is stopped.' };
  if (entry.host === null) return { state: 'stopped', url: null, reason: entry.reason };
  const { state, errors } = entry.host.status();
  // The host answers its admin routes even when the app is in error.
  const url = entry.host.url;
  if (state === 'Running') return { state: 'running', url, reason: null };
  return { state: state === 'Error' ? 'failed' : 'starting', url, reason: errors.join(' ') };
}
