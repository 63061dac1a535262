import type { CloudConnection } from '@mispriced/azure';

/** Where an environment is made: Azure, or its stand-in on this machine. */
export interface Cloud {
  /** What the Pulumi engine's own environment needs in order to reach it. */
  environment: Record<string, string>;
  /** What is different for environments of a cloud on this machine; absent for Azure. */
  local?: LocalPlace;
  /** For the little that Pulumi does not do: purging what soft delete keeps. */
  connection(): Promise<CloudConnection>;
  close(): Promise<void>;
}

/**
 * Where environments in a local cloud are recorded: beside that cloud, for they end with it, and must
 * never be mistaken for Azure's of the same name.
 */
export interface LocalPlace {
  projectFolder: string;
  /** What the local cloud has and an environment there needs. */
  operatorsGroupObjectId?: string;
  authorityUrl?: string;
  market?: { url: string; accountId: string };
}
