import { randomBytes } from 'node:crypto';

/** One app's way to its identities' tokens. */
export interface ManagedIdentityAccess {
  /** Under `IDENTITY_HEADER` in the app's environment; sent back as `X-IDENTITY-HEADER`. */
  readonly header: string;
  /** Ends it, for when the app stops. */
  revoke(): void;
}

/** Which app may ask for the tokens of which identities. */
export interface ManagedIdentities {
  /** @param identities asked at each request, since an app's identities can change while it runs */
  grant(identities: () => AppIdentities): ManagedIdentityAccess;
  find(header: string): AppIdentities | undefined;
}

/** Object ids of the identities of one app. */
export interface AppIdentities {
  readonly systemAssigned: string | null;
  readonly userAssigned: readonly string[];
}

/** Keeps the secrets that running apps hold; they end with this process, as the apps do. */
export function openManagedIdentities(): ManagedIdentities {
  const granted = new Map<string, () => AppIdentities>();
  return {
    grant: (identities) => {
      const header = randomBytes(16).toString('hex').toUpperCase();
      granted.set(header, identities);
      return { header, revoke: () => granted.delete(header) };
    },
    find: (header) => granted.get(header)?.(),
  };
}
