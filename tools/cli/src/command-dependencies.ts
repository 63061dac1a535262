import type { Streams } from './output.ts';

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const;

/** What a secret is read from: `process.stdin`, or a test's. */
export type SecretInput = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** What a command does its work with; tests give their own. */
export interface CommandDependencies extends Streams {
  /** Where secrets are read from; absent where nobody could type one. */
  readonly stdin?: SecretInput;
  /** Where relative paths on the command line begin. */
  readonly workingFolder: string;
}
