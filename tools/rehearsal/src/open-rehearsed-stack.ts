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
import type { Rehearsal } from './rehearsal.ts';
import type { RehearsedStack, SiteReport, StackStatus } from './rehearsed-stack.ts';
import { openStackObjects } from './stack-objects.ts';
import { strategyPackage } from './strategy-package.ts';

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
    createLedgerStore({ objects, account: 'main' }).read();
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
