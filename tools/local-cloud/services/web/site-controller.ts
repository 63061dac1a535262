import type { RunnableSite, SiteFunction, SiteRuntime, SiteStatus } from './site-runtime.ts';

/** Between the resource manager and whoever runs sites, of whom there may be nobody. */
export interface SiteController {
  attach(runtime: SiteRuntime): void;
  /** A site came or changed: starts it or starts it again. */
  changed(site: RunnableSite): Promise<void>;
  stopped(siteId: string): Promise<void>;
  functions(siteId: string): Promise<readonly SiteFunction[]>;
  status(siteId: string): Promise<SiteStatus>;
}

const nobody: SiteStatus = {
  state: 'stopped',
  url: null,
  reason: 'Nothing runs function apps in this local cloud.',
};

/** Makes the controller; without a runtime attached, sites exist and run nothing. */
export function makeSiteController(): SiteController {
  let runtime: SiteRuntime | null = null;
  const started = new Set<string>();
  return {
    attach: (attached) => {
      runtime = attached;
    },
    changed: async (site) => {
      if (runtime === null) return;
      if (!site.enabled) {
        await runtime.stop(site.id);
      } else if (started.has(site.id)) {
        await runtime.restart(site);
      } else {
        started.add(site.id);
        await runtime.start(site);
      }
    },
    stopped: async (siteId) => {
      started.delete(siteId);
      await runtime?.stop(siteId);
    },
    functions: async (siteId) => (runtime === null ? [] : runtime.functions(siteId)),
    status: async (siteId) => (runtime === null ? nobody : runtime.status(siteId)),
  };
}
