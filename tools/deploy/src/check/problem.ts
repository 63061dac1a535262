/** The checks a package and its target go through, by name. */
type CheckName = 'load' | 'secrets' | 'size' | 'target' | 'settings' | 'storage' | 'stores';

/** Something that stands against a deployment. */
export interface CheckProblem {
  readonly check: CheckName;
  /** What is wrong and where. Never holds a secret. */
  readonly message: string;
  /** What to do, with the command where there is one. */
  readonly fix: string;
}
