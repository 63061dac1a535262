/** Where a Pulumi command line came from, in the order in which they are tried. */
export type PulumiSource = 'path' | 'cache' | 'installer' | 'go-build';

/** A Pulumi command line that answers to `pulumi version`. */
export interface FoundPulumi {
  path: string;
  version: string;
  source: PulumiSource;
  /** What lets `pulumi up` run the program in a folder; null where only inline programs can run. */
  languageHostPath: string | null;
}

/** One place to get the command line from. Answers null, or throws, where it is not to be had. */
export interface PulumiProbe {
  source: PulumiSource;
  find(): Promise<FoundPulumi | null>;
}
