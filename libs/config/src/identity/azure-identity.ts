import type { TokenCredential } from '@azure/identity';

/** Who signs in to Azure. */
export interface AzureIdentity {
  readonly credential: TokenCredential;
  /** In words, for messages: `the managed identity with client id …`. */
  readonly description: string;
}
