import type { Target } from '../cloud-environment.ts';

/** The options of `mispriced deploy`, as commander reads them. */
export interface DeployCommandOptions {
  readonly stack: string;
  readonly target?: Target;
  readonly package?: string;
  readonly app?: string;
  readonly resourceGroup?: string;
  readonly subscription?: string;
  readonly armEndpoint?: string;
  readonly bootstrap: boolean;
  readonly model?: string;
  readonly ownData: Readonly<Record<string, string>>;
  readonly listing?: string;
  readonly now: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly list: boolean;
  readonly rollback?: boolean | string;
  readonly json: boolean;
}
