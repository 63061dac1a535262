import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CloudService,
  functionAppsService,
  marketService,
  startLocalCloud,
  trustLocalCloud,
} from '@mispriced/local-cloud';
import { valueOf } from './command-end.ts';
import { demoFiles } from './demo-files.ts';
import type { FilledOrder, Rehearsal, RehearsalMarket } from './rehearsal.ts';
import { openRehearsedStack } from './open-rehearsed-stack.ts';
import { runCommand } from './run-command.ts';
import { startCommand } from './start-command.ts';

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
