import type { LocalCloud } from '@mispriced/local-cloud';
import type { CommandEnd } from './command-end.ts';
import type { DemoFiles } from './demo-files.ts';
import type { RehearsedStack } from './rehearsed-stack.ts';
import type { StartedCommand } from './start-command.ts';

/** The simulated market of a rehearsal. */
export interface RehearsalMarket {
  readonly url: string;
  /** What opens it: the value of the secret `trading_api_key`. */
  readonly key: string;
  /** What it has filled so far. */
  orders(): Promise<readonly FilledOrder[]>;
  /** Replaces its plan of faults; see `PUT /_control/faults` of the market. */
  setFaults(faults: readonly object[]): Promise<void>;
  /** Makes further keys valid besides its own; those of before are no more. */
  setOtherKeys(keys: readonly string[]): Promise<void>;
}

/** One fill of the simulated market; amounts in dollars. */
export interface FilledOrder {
  readonly orderInstructId: number;
  readonly loanId: number;
  readonly requestedAmount: number;
  readonly investedAmount: number;
  readonly at: string;
}

/**
 * A local cloud in this process and everything that is typed at a terminal against it: whole paths
 * are rehearsed with the commands themselves, the real engine and the real package.
 */
export interface Rehearsal {
  readonly cloud: LocalCloud;
  /** Everything it writes is below this folder. */
  readonly folder: string;
  /** What a shell needs to work with this local cloud, as `local env` prints it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly market: RehearsalMarket;
  /** Files to bootstrap with: the demo model, generated own data, a listing. */
  readonly files: DemoFiles;
  /**
   * Runs a command of `npx mispriced` in this process; it never throws for how the command ended.
   *
   * @param more Variables beside those of `environment`.
   */
  command(
    words: readonly string[],
    input?: string,
    more?: Readonly<Record<string, string>>,
  ): Promise<CommandEnd>;
  /**
   * Runs a command with `--json` and gives its value.
   *
   * @throws MispricedError as the command said it
   */
  value(words: readonly string[], input?: string): Promise<unknown>;
  /** Starts a command in a process of its own, to be killed or waited for. */
  start(words: readonly string[]): StartedCommand;
  /**
   * Makes an environment with `mispriced up`, or makes it again with other settings. The stack
   * `local` trades on the simulated market; `dev` and previews replay its listing.
   *
   * @param config Settings of the stack, such as `{ storageAuth: 'key' }`
   */
  bringUp(stackName: string, config?: Readonly<Record<string, string>>): Promise<RehearsedStack>;
  /** An environment that is up already. */
  openStack(stackName: string): Promise<RehearsedStack>;
  /** Reads or changes the local cloud's own: faults, settings, sites, deployments. */
  control(method: 'GET' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  /** Stops everything and removes the folder, unless it was given. */
  close(): Promise<void>;
}
