/** A site as the one who runs it needs it. */
export interface RunnableSite {
  /** Its resource id. */
  readonly id: string;
  readonly name: string;
  /** All of the process's settings, references resolved. */
  readonly environment: Readonly<Record<string, string>>;
  readonly keys: {
    readonly masterKey: string;
    readonly functionKeys: Readonly<Record<string, string>>;
    readonly systemKeys: Readonly<Record<string, string>>;
  };
}

/** A function as the host found it in the running package. */
export interface SiteFunction {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** How a site's process is. */
export interface SiteStatus {
  readonly state: 'running' | 'starting' | 'stopped' | 'failed';
  /** Where the process answers HTTP; null while it does not. */
  readonly url: string | null;
  readonly reason: string | null;
}

/** Whoever runs the code of function apps: the resource manager calls it when a site changes. */
export interface SiteRuntime {
  start(site: RunnableSite): Promise<void>;
  stop(siteId: string): Promise<void>;
  restart(site: RunnableSite): Promise<void>;
  functions(siteId: string): Promise<readonly SiteFunction[]>;
  status(siteId: string): Promise<SiteStatus>;
}
