import type { HostStateStore } from '@mispriced/functions-host';
import type { RunnableSite } from '../site-runtime.ts';
import type { SitePackages } from './site-packages.ts';

/** What sites run with. */
export interface HostingOptions {
  readonly folder: string;
  readonly packages: SitePackages;
  /**
   * Where a site's timers keep their state: its `AzureWebJobsStorage`.
   *
   * @throws Error saying what is wrong with the setting
   */
  readonly stateStoreFor: (site: RunnableSite) => HostStateStore;
  /** False where timers are only to be fired by hand. */
  readonly runTimers?: boolean;
  /** How long a site that ran stays down when it restarts; not at all by default. */
  readonly restartSeconds?: () => number;
  readonly clock?: () => Date;
  readonly log?: (line: string) => void;
}
