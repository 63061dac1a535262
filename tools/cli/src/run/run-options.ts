import { resolve } from 'node:path';
import type { Override } from '@mispriced/config';

/** The options of `mispriced run`, as typed. */
export interface RunOptions {
  readonly stack: string;
  readonly slot?: Date;
  readonly mode?: 'paper' | 'live';
  readonly marketUrl?: string;
  readonly listings?: string;
  readonly ownData: readonly string[];
  readonly asOf?: string;
  readonly seed: number;
  readonly threshold?: string;
  readonly cash?: string;
  readonly model?: string;
  readonly config?: string;
  readonly state?: string;
  readonly out?: string;
  /** Runs a slot live that the schedule does not have. */
  readonly anyway: boolean;
  readonly json: boolean;
}

/**
 * What the options say about the strategy, as settings above every layer of the configuration.
 * Options that describe the simulated market are not among them.
 */
export function overridesOf(options: RunOptions, workingFolder: string): readonly Override[] {
  const path = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : resolve(workingFolder, text);
  const entries: readonly (readonly [string, string | undefined, string])[] = [
    ['run.mode', options.mode, '--mode'],
    ['run.threshold', options.threshold, '--threshold'],
    ['run.as_of', options.asOf, '--as-of'],
    ['run.slot', options.slot?.toISOString(), '--slot'],
    ['run.anyway', options.anyway ? 'true' : undefined, '--anyway'],
    ['limits.cash', options.cash, '--cash'],
    ['venue.url', options.marketUrl, '--market-url'],
    ['model.directory', path(options.model), '--model'],
  ];
  return entries.flatMap(([key, value, option]) =>
    value === undefined ? [] : [{ key, value, option }],
  );
}
