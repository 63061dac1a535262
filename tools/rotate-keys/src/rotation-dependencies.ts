import type { DeployDependencies } from '@mispriced/deploy';

/** What a rotation takes from outside, so that tests own time, the network and its end. */
export interface RotationDependencies extends DeployDependencies {
  /** Told before and after every change that is made anywhere; a test ends the process there. */
  readonly onEffect?: (name: string, moment: 'before' | 'after') => Promise<void>;
}

/** Makes a change, and says so before and after. */
export async function effect<Result>(
  dependencies: RotationDependencies,
  name: string,
  change: () => Promise<Result>,
): Promise<Result> {
  await dependencies.onEffect?.(name, 'before');
  const result = await change();
  await dependencies.onEffect?.(name, 'after');
  return result;
}
