import { randomBytes } from 'node:crypto';

/** Which app may ask for the tokens of which identities. */
export interface ManagedIdentities {
  /**
   * The secret that goes under `IDENTITY_HEADER` into an app's environment; the same for as long
   * as this process lives.
   *
   * @param identities asked at each request, since an app's identities can change while it runs
   */
  headerFor(app: string, identities: () => AppIdentities): string;
  find(header: string): AppIdentities | undefined;
  /** Ends an app's access. */
  revoke(app: string): void;
}

/** Object ids of the identities of one app. */
export interface AppIdentities {
  readonly systemAssigned: string | null;
  readonly userAssigned: readonly string[];
}

/** Keeps the secrets that running apps hold; they end with this process, as the apps do. */
export function openManagedIdentities(): ManagedIdentities {
  const apps = new Map<string, { header: string; identities: () => AppIdentities }>();
  return {
    headerFor: (app, identities) => {
      const header = apps.get(app)?.header ?? randomBytes(16).toString('hex').toUpperCase();
      apps.set(app, { header, identities });
      return header;
    },
    find: (header) => {
      const app = [...apps.values()].find((each) => each.header === header);
      return app?.identities();
    },
    revoke: (app) => {
      apps.delete(app);
    },
  };
}
