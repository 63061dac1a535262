import type { RunnableSite, SiteRuntime, SiteStatus } from '../site-runtime.ts';
import type { DeploymentLog } from '../deployment/deployment-sites.ts';
import type { HostingOptions } from './hosting-options.ts';
import { createPackagedSite, type PackagedSite, type PackagedSiteReport } from './packaged-site.ts';

/** Sites that run the package that was deployed to them. */
export interface PackagedSites extends SiteRuntime {
  /** @throws Error where the package cannot be kept or unpacked; what ran before runs on. */
  deploy(siteId: string, zip: Uint8Array, log: DeploymentLog): Promise<void>;
  /** How each is and when each was down, for those who look after it. */
  reports(): readonly PackagedSiteReport[];
  close(): Promise<void>;
}

const stopped: SiteStatus = { state: 'stopped', url: null, reason: 'The site is stopped.' };

/**
 * Runs each site's package under the functions host double, in a process of its own that gets the
 * site's settings as its environment.
 */
export function createPackagedSites(options: HostingOptions): PackagedSites {
  const sites = new Map<string, PackagedSite>();
  const find = (siteId: string): PackagedSite | undefined => sites.get(siteId.toLowerCase());
  const start = async (site: RunnableSite): Promise<void> => {
    const known = find(site.id);
    if (known !== undefined) {
      await known.change(site);
      return;
    }
    const made = createPackagedSite(site, options);
    sites.set(site.id.toLowerCase(), made);
    await made.start();
  };
  return {
    start,
    restart: start,
    stop: async (siteId) => {
      const site = find(siteId);
      sites.delete(siteId.toLowerCase());
      await site?.close();
    },
    deploy: async (siteId, zip, log) => {
      const site = find(siteId);
      if (site === undefined) throw new Error('The site is stopped.');
      await site.deploy(zip, log);
    },
    functions: (siteId) => Promise.resolve(find(siteId)?.functions() ?? []),
    status: (siteId) => Promise.resolve(find(siteId)?.status() ?? stopped),
    reports: () => [...sites.values()].map((site) => site.report()),
    close: async () => {
      await Promise.all([...sites.values()].map((site) => site.close()));
      sites.clear();
    },
  };
}
