import {
  meetsExpectation,
  Secret,
  type LoadedConfig,
  type SecretExpectation,
} from '@mispriced/config';
import { containers, type ObjectStore } from '@mispriced/core';

/** Whether this very process has a secret that somebody who changed it expects. */
export interface ExpectationAnswer {
  readonly key: string;
  readonly holds: boolean;
  /** For the secret that opens storage: whether something was written with it just now. */
  readonly wrote: boolean;
}

/** Where the app writes the salt of a question that it was asked, to show that it can write. */
const proofPath = 'checks/storage-write.txt';

/**
 * Answers whether a secret is the expected one. One that opens storage is used as well: the
 * question's salt is written, so that whoever asked can see it there.
 */
export async function answerExpectation(args: {
  expectation: SecretExpectation;
  config: LoadedConfig;
  openObjects: () => Promise<ObjectStore>;
}): Promise<ExpectationAnswer> {
  const { expectation, config } = args;
  const { key, salt } = expectation;
  const value = config.has(key) ? config.get(key) : undefined;
  const holds = value instanceof Secret && meetsExpectation(expectation, value);
  if (!holds || !key.startsWith('storage.')) return { key, holds, wrote: false };
  try {
    const objects = await args.openObjects();
    await objects.write(containers.runs, proofPath, new TextEncoder().encode(salt), 'any');
    return { key, holds, wrote: true };
  } catch {
    return { key, holds, wrote: false };
  }
}
