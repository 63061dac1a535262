import type { StoredPackage } from '@mispriced/deploy';

/** What a preview is made of and for how long. */
export interface PreviewOptions {
  readonly pullRequest: number;
  readonly target: 'azure' | 'local';
  /** The working tree: what is checked out is what is deployed. */
  readonly workspace: string;
  /** What it is compared with; null for nothing. */
  readonly baseReference: string | null;
  /** What that is called in the comment, such as its branch; null for the reference itself. */
  readonly baseName: string | null;
  readonly timeToLiveHours: number;
  /** Null takes the owner of the stack that previews are like. */
  readonly owner: string | null;
  readonly commit: string;
  /** Settings of the stack above those that every preview has. */
  readonly config: Readonly<Record<string, string>>;
  /** Files; null and none for generated ones. */
  readonly listing: string | null;
  readonly ownData: Readonly<Record<string, string>>;
  /** A model's folder; null for the one that each commit brings. */
  readonly modelFolder: string | null;
  /** Built already; null to build it now. */
  readonly built: StoredPackage | null;
  /** Plans, checks and compares, and makes nothing. */
  readonly dryRun: boolean;
}
