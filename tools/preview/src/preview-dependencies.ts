import type { TokenCredential } from '@azure/identity';
import type { Cloud } from '@mispriced/environment';
import type { FoundPulumi } from '@mispriced/pulumi-cli';

/** What previews take from outside, so that tests own time and the network. */
export interface PreviewDependencies {
  readonly cloud: Cloud;
  /** The variables that say where the cloud is, and how the stack's secrets are encrypted. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Who writes models, data and secrets into a preview. */
  readonly credential: TokenCredential;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly report: (line: string) => void;
  readonly pulumi: FoundPulumi;
  /** Where Pulumi's project is; the repository's own, or the local cloud's, by default. */
  readonly projectFolder?: string;
}

/** A preview's stack, as the commands of environments take it. */
export function stackOf(dependencies: PreviewDependencies, stackName: string) {
  const { cloud, environment, report, pulumi, projectFolder } = dependencies;
  return {
    stackName,
    cloud,
    environment,
    report,
    pulumi,
    ...(projectFolder !== undefined && { projectFolder }),
  };
}
