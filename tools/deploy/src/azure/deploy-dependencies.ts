import type { TokenCredential } from '@azure/identity';
import type { AzureEndpoints } from '@mispriced/azure';

/** What a deployment takes from outside, so that tests own time and the network. */
export interface DeployDependencies {
  readonly endpoints: AzureEndpoints;
  readonly credential: TokenCredential;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly onProgress: (message: string) => void;
}
