import type { Secret } from '@mispriced/config';
import type { VaultSecret } from '../azure/vault.ts';

/** What a reference points at that is no newest version of a secret in the stack's vaults. */
export type Referred =
  /** Null where there is no such version, or it is disabled. */
  | { readonly value: Secret | null }
  /** Why it could not be read. */
  | { readonly unread: string };

/** What was read of an environment, values and all. It is never written anywhere. */
export interface Readings {
  readonly vaults: readonly {
    readonly name: string;
    readonly url: string;
    readonly secrets: readonly VaultSecret[];
    /** Secrets that were deleted and can be brought back; only those that something refers to. */
    readonly deleted: readonly Pick<VaultSecret, 'name' | 'tags'>[];
    /** Earlier values of the stack's own secret, which show keys that the account once had. */
    readonly earlier: readonly Secret[];
  }[];
  readonly apps: readonly {
    readonly name: string;
    readonly deployed: boolean;
    readonly settings: Readonly<Record<string, string>>;
    /** By setting. */
    readonly referred: Readonly<Record<string, Referred>>;
  }[];
  /** What belongs together by infra's own wiring. */
  readonly stack: {
    readonly accountName: string;
    readonly vaultName: string;
    readonly appName: string;
  };
}
