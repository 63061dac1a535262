import { setTimeout as wait } from 'node:timers/promises';
import {
  createLedgerStore,
  type LedgerEntry,
  type LedgerRun,
  readRuns,
  type RunSummary,
} from '@mispriced/core';
import type { DeployResult } from '@mispriced/deploy';
import { z } from 'zod';
import type { Rehearsal } from './open-rehearsal.ts';
import { openStackObjects } from './stack-objects.ts';
import { strategyPackage, type PackageFile } from './strategy-package.ts';

/** How a site of the local cloud is: `GET /_control/sites/NAME`. */
export interface SiteReport {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'starting' | 'stopped' | 'failed';
  readonly reason: string | null;
  /** SHA-256 of the package that runs. */
  readonly package: string | null;
  readonly logFile: string;
  /** Of the app's own process; null while there is none. */
  readonly processId: number | null;
  /** Latest last; times are ISO 8601. */
  readonly restarts: readonly {
    readonly why: 'start' | 'change' | 'deployment' | 'retry';
    readonly downAt: string;
    readonly upAt: string | null;
  }[];
}

/** What the app's function `status` says, in part. */
export interface StackStatus {
  readonly healthy: boolean;
  readonly release: { readonly package: string | null; readonly content: string | null };
  readonly health: readonly {
    readonly name: string;
    readonly healthy: boolean;
    readonly detail: string;
    readonly fix: string | null;
  }[];
}

/** An environment of a rehearsal that is up. */
export interface RehearsedStack {
  readonly name: string;
  /** As `mispriced outputs` gives them. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Writes secrets with `mispriced secrets set`, by the settings they are for. */
  setSecrets(values: Readonly<Record<string, string>>): Promise<void>;
  /**
   * `mispriced deploy` with the real package, or another, and the demo files for a bootstrap.
   *
   * @param options.words Further words of the command line, such as `['--now']`
   * @throws MispricedError as the command said it
   */
  deploy(options?: {
    package?: Pick<PackageFile, 'file'>;
    bootstrap?: boolean;
    words?: readonly string[];
  }): Promise<DeployResult>;
  /** The words of that command line, for `rehearsal.start`. */
  deployWords(options?: Parameters<RehearsedStack['deploy']>[0]): Promise<readonly string[]>;
  /** Changes app settings by the resource manager, null for none; the next `up` undoes it. */
  changeSettings(changes: Readonly<Record<string, string | null>>): Promise<void>;
  /** Runs the timer `daily-trade` now and waits for its end; its slot is the last that was due. */
  tick(): Promise<RunSummary>;
  /** The runs in the ledger, in the order they began. */
  runs(): Promise<readonly LedgerRun[]>;
  /** Every line of the ledger as it was written. */
  ledger(): Promise<readonly LedgerEntry[]>;
  /** Waits for a run that began after a moment and has ended, and gives it. */
  waitForRun(options?: { after?: Date; timeoutSeconds?: number }): Promise<LedgerRun>;
  /** What the app's function `status` answers; null while it does not. */
  status(): Promise<StackStatus | null>;
  /** How its site is, and when it was down. */
  site(): Promise<SiteReport>;
}

const pollMilliseconds = 250;
const webApiVersion = '2025-05-01';
const outputsSchema = z.record(z.string(), z.string());

/** Opens an environment that `up` has made. */
export function openRehearsedStack(args: {
  rehearsal: Rehearsal;
  stackName: string;
  outputs: Readonly<Record<string, unknown>>;
}): RehearsedStack {
  const { rehearsal, stackName: name } = args;
  const { cloud } = rehearsal;
  const texts = Object.entries(args.outputs).filter(([, value]) => typeof value === 'string');
  const outputs = outputsSchema.parse(Object.fromEntries(texts));
  const siteId = outputs['appId'] ?? '';
  const appName = outputs['appName'] ?? '';
  const objects = openStackObjects({ cloud, blobEndpoint: outputs['blobEndpoint'] ?? '' });

  const arm = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const address = `${siteId}${path}?api-version=${webApiVersion}`;
    const answered = await cloud.request(method, address, body);
    if (answered.status >= 300) throw new Error(JSON.stringify(answered.body));
    return answered.body;
  };
  const ask = async (method: string, path: string): Promise<Response> => {
    const { masterKey } = (await arm('POST', '/host/default/listKeys')) as { masterKey: string };
    return fetch(`${cloud.addresses.hosted('azurewebsites', appName)}${path}`, {
      method,
      headers: { 'x-functions-key': masterKey },
    });
  };
  const ledger = (): Promise<readonly LedgerEntry[]> =>
    createLedgerStore({ objects, strategy: 'mispriced', now: () => new Date() }).read();
  const runs = async (): Promise<readonly LedgerRun[]> => readRuns(await ledger());
  const deployWords: RehearsedStack['deployWords'] = async (options = {}) => [
    ...[
      'deploy',
      '--stack',
      name,
      '--package',
      (options.package ?? (await strategyPackage())).file,
    ],
    ...(options.bootstrap === true ? bootstrapWords(rehearsal) : []),
    ...(options.words ?? []),
  ];
  return {
    name,
    outputs,
    ledger,
    runs,
    deployWords,
    setSecrets: async (values) => {
      for (const [key, value] of Object.entries(values)) {
        await rehearsal.value(['secrets', 'set', key, '--stack', name], value);
      }
    },
    deploy: async (options) => (await rehearsal.value(await deployWords(options))) as DeployResult,
    changeSettings: async (changes) => {
      const before = (await arm('POST', '/config/appsettings/list')) as {
        properties: Record<string, string>;
      };
      const all = Object.entries({ ...before.properties, ...changes });
      const kept = all.filter(([, value]) => value !== null);
      await arm('PUT', '/config/appsettings', { properties: Object.fromEntries(kept) });
    },
    tick: async () => {
      const path = '/admin/local-cloud/functions/daily-trade/invoke';
      const answered = await ask('POST', path);
      const text = await answered.text();
      if (!answered.ok) throw new Error(`daily-trade cannot be run (${answered.status}): ${text}`);
      const { error, returnValue } = JSON.parse(text) as {
        error: { message: string } | null;
        returnValue: unknown;
      };
      if (error !== null) throw new Error(error.message);
      return returnValue as RunSummary;
    },
    waitForRun: async ({ after = new Date(0), timeoutSeconds = 60 } = {}) => {
      const giveUpAt = Date.now() + timeoutSeconds * 1000;
      for (;;) {
        const found = (await runs()).find(
          ({ started, finished }) => finished !== null && Date.parse(started.at) > after.getTime(),
        );
        if (found !== undefined) return found;
        if (Date.now() > giveUpAt) {
          throw new Error(`No run of ${name} ended within ${timeoutSeconds} seconds.`);
        }
        await wait(pollMilliseconds);
      }
    },
    status: async () => {
      try {
        const answered = await ask('GET', '/api/status');
        return (await answered.json()) as StackStatus;
      } catch {
        return null;
      }
    },
    site: async () => (await rehearsal.control('GET', `/sites/${appName}`)) as SiteReport,
  };
}

/** The words that give `deploy` what an environment has none of yet. */
export function bootstrapWords({ files }: Rehearsal): readonly string[] {
  const ownData = Object.entries(files.ownData).flatMap(([set, file]) => [
    '--own-data',
    `${set}=${file}`,
  ]);
  const { modelFolder, listing } = files;
  return ['--bootstrap', '--model', modelFolder, ...ownData, '--listing', listing];
}
