import { asMispricedError } from '@mispriced/core';

/** Whether one thing that the strategy depends on can be used, and if not, why and what to do. */
export interface HealthCheck {
  readonly name: string;
  readonly healthy: boolean;
  readonly detail: string;
  readonly fix: string | null;
}

/**
 * Tries one dependency. It never throws: what is thrown is the reason.
 *
 * @param check Returns what there is to say of it when it is well.
 */
export async function checkHealth(
  name: string,
  check: () => Promise<string>,
): Promise<HealthCheck> {
  try {
    return { name, healthy: true, detail: await check(), fix: null };
  } catch (thrown) {
    const { message, fix } = asMispricedError(thrown);
    return { name, healthy: false, detail: message, fix };
  }
}
