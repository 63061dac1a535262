import type { LocalCloud } from '@mispriced/local-cloud';

/** The resource manager of the cloud, asked past everything that is under test. */
export type AskArm = (
  method: string,
  path: string,
  version: string,
  body?: unknown,
) => Promise<unknown>;

/** What all the apps of a cloud share. */
export interface SharedPlace {
  readonly cloud: LocalCloud;
  readonly arm: AskArm;
  /** The id of the resource group, with what follows it before a type. */
  readonly providers: string;
  readonly location: string;
  readonly accountId: string;
  readonly accountUrl: string;
  /** A vault without secrets, which the apps may read. */
  readonly vaultName: string;
  readonly identity: { readonly id: string; readonly clientId: string };
  /** The roles that the apps' identity has on the account, by their ids; its usual one unless given. */
  setRoles(roles?: readonly string[]): Promise<void>;
}
