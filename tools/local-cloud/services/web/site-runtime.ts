/** A site as the one who runs it needs it. */
export interface RunnableSite {
  /** Its resource id. */
  readonly id: string;
  readonly name: string;
  /** For example `{ name: 'node', version: '22' }`; null for a plan that says it in a setting. */
  readonly runtime: { readonly name: string; readonly version: string } | null;
  /** Where its package is, when it runs from a container: `https://ACCOUNT.../CONTAINER`. */
  readonly deploymentContainerUrl: string | null;
  /**
   * All of the process's settings: the app's own with references resolved (an unresolved one is
   * passed as it stands, as on Azure), and those that the platform adds.
   */
  readonly environment: Readonly<Record<string, string>>;
  readonly keys: HostKeys;
  readonly enabled: boolean;
}

/** The keys that open a site's HTTP functions. */
interface HostKeys {
  readonly masterKey: string;
  readonly functionKeys: Readonly<Record<string, string>>;
  readonly systemKeys: Readonly<Record<string, string>>;
}

/** A function as the host found it in the running package. */
export interface SiteFunction {
  readonly name: string;
  /** Its bindings, in the shape of a `function.json`. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** How a site's process is. */
export interface SiteStatus {
  readonly state: 'running' | 'starting' | 'stopped' | 'failed';
  /** Where the process answers HTTP, `http://127.0.0.1:PORT`; null while it does not. */
  readonly url: string | null;
  /** Why it is not running, in a sentence. */
  readonly reason: string | null;
}

/**
 * Whoever runs the code of function apps. The local cloud calls it when a site comes, changes or
 * goes, and asks it what is there; it need not know anything of the resource manager.
 */
export interface SiteRuntime {
  start(site: RunnableSite): Promise<void>;
  stop(siteId: string): Promise<void>;
  /** Any change of configuration restarts a site on Azure. */
  restart(site: RunnableSite): Promise<void>;
  functions(siteId: string): Promise<readonly SiteFunction[]>;
  status(siteId: string): Promise<SiteStatus>;
}
