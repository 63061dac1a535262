import type { ArmConnection } from '@mispriced/local-cloud/provider';

/** Where an environment is made: Azure, or its stand-in on this machine. */
export interface Cloud {
  /** What the Pulumi engine's own environment needs in order to reach it. */
  environment: Record<string, string>;
  /** For the little that Pulumi does not do: purging what soft delete keeps. */
  connection(): Promise<ArmConnection>;
  close(): Promise<void>;
}
