import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CloudService,
  functionAppsService,
  type LocalCloud,
  marketService,
  startLocalCloud,
  trustLocalCloud,
} from '@mispriced/local-cloud';
import { type CommandEnd, valueOf } from './command-end.ts';
import { demoFiles, type DemoFiles } from './demo-files.ts';
import { openRehearsedStack, type RehearsedStack } from './rehearsed-stack.ts';
import { runCommand } from './run-command.ts';
import { startCommand, type StartedCommand } from './start-command.ts';

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

/**
 * Opens a rehearsal: a local cloud with market and function apps, nothing in it yet.
 *
 * @param args.folder Where all is kept, for one that is to be opened again; else a temporary one.
 * @param args.report Gets every line that a command says and that the local cloud logs.
 * @param args.services What runs beside Azure's services; market and function apps by default.
 */
export async function openRehearsal(
  args: {
    folder?: string;
    report?: (line: string) => void;
    services?: readonly CloudService[];
  } = {},
): Promise<Rehearsal> {
  const folder = args.folder ?? (await mkdtemp(join(tmpdir(), 'rehearsal-')));
  const report = args.report ?? ((): void => undefined);
  const cloud = await startLocalCloud({
    stateFolder: join(folder, 'cloud'),
    log: report,
    services: args.services ?? [marketService, functionAppsService],
  });
  trustLocalCloud(cloud.certificateFile);
  cloud.setSettings({ operationSeconds: 0 });
  const environment = { ...cloud.environment, MISPRICED_CLOUD: 'local' };
  const market = marketOf(environment);
  const files = await demoFiles({ folder: join(folder, 'files'), market, today: new Date() });
  const given = { environment, workingFolder: folder };
  const command: Rehearsal['command'] = (words, input, more = {}) =>
    runCommand({
      words,
      report,
      workingFolder: folder,
      environment: { ...environment, ...more },
      ...(input !== undefined && { input }),
    });
  const value: Rehearsal['value'] = async (words, input) =>
    valueOf(await command([...words, '--json'], input));
  const rehearsal: Rehearsal = {
    cloud,
    folder,
    environment,
    market,
    files,
    command,
    value,
    start: (words) => startCommand({ ...given, words }),
    bringUp: async (stackName, config = {}) => {
      const settings = Object.entries(config).flatMap(([key, text]) => [
        '--config',
        `${key}=${text}`,
      ]);
      const up = (await value(['up', '--stack', stackName, ...settings])) as {
        outputs: Record<string, unknown>;
      };
      return openRehearsedStack({ rehearsal, stackName, outputs: up.outputs });
    },
    openStack: async (stackName) => {
      const outputs = await value(['outputs', '--stack', stackName]);
      return openRehearsedStack({
        rehearsal,
        stackName,
        outputs: outputs as Record<string, unknown>,
      });
    },
    control: async (method, path, body) => {
      const answered = await fetch(`${cloud.addresses.origin}/_control${path}`, {
        method,
        headers: { authorization: `Bearer ${cloud.controlToken}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answered.text();
      if (!answered.ok) throw new Error(`${method} /_control${path}: ${text}`);
      return text === '' ? null : (JSON.parse(text) as unknown);
    },
    close: async () => {
      await cloud.close();
      if (args.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
  return rehearsal;
}

function marketOf(environment: Readonly<Record<string, string>>): RehearsalMarket {
  const url = environment['MISPRICED_LOCAL_MARKET_URL'] ?? '';
  const put = async (what: string, value: unknown): Promise<void> => {
    const body = JSON.stringify(value);
    const answered = await fetch(`${url}/_control/${what}`, { method: 'PUT', body });
    if (!answered.ok) throw new Error(await answered.text());
  };
  return {
    url,
    key: environment['MISPRICED_LOCAL_MARKET_KEY'] ?? '',
    orders: async () => {
      const answered = await fetch(`${url}/_control/orders`);
      return ((await answered.json()) as { orders: FilledOrder[] }).orders;
    },
    setFaults: (faults) => put('faults', faults),
    setOtherKeys: (keys) => put('keys', keys),
  };
}
