import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { marketService, type RunnableSite, startLocalCloud } from '@mispriced/local-cloud';
import { plainEnvironment } from '@mispriced/testing';
import { type CommandEnd, runCommand } from './run-command.ts';

const readAsAppScript = fileURLToPath(new URL('read-as-app.ts', import.meta.url));

/** What the app's own code could read, or why not. */
export interface AppReading {
  readonly key?: string;
  readonly keyFrom?: string;
  readonly identity?: string;
  readonly venue?: string;
  readonly blob?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly fix: string };
}

/** A local cloud whose one function app is this test's to run. */
export async function startLocalSite() {
  const stateFolder = await mkdtemp(join(tmpdir(), 'local-site-'));
  const cloud = await startLocalCloud({ stateFolder, services: [marketService] });
  let site: RunnableSite | undefined;
  const keep = (changed: RunnableSite): Promise<void> => {
    site = changed;
    return Promise.resolve();
  };
  cloud.attachSiteRuntime({
    start: keep,
    restart: keep,
    stop: () => Promise.resolve(),
    functions: () => Promise.resolve([]),
    status: () => Promise.resolve({ state: 'running', url: null, reason: null }),
  });
  const environment = { ...plainEnvironment(), ...cloud.environment };
  const said: string[] = [];
  const run = async (args: readonly string[], input = ''): Promise<CommandEnd> => {
    const end = await runCommand(args, { environment, input, workingFolder: stateFolder });
    said.push(end.stdout, end.stderr);
    return end;
  };
  const arm = async (method: string, path: string, version: string, body?: unknown) => {
    const answer = await cloud.request(method, `${path}?api-version=${version}`, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  return {
    cloud,
    stateFolder,
    /** Everything that commands printed, on either stream. */
    said,
    run,
    arm,
    /** Runs a command that has to succeed, and reads its JSON. */
    runJson: async (args: readonly string[], input?: string): Promise<unknown> => {
      const { exitCode, stdout, stderr } = await run([...args, '--json'], input);
      if (exitCode === 0) return JSON.parse(stdout);
      throw new Error(`mispriced ${args.join(' ')} ended with ${exitCode}: ${stderr}`);
    },
    /** Has the app's references fetched anew, as a change of its settings would. */
    refresh: async (appId: string): Promise<void> => {
      await arm('POST', `${appId}/config/configreferences/appsettings/refresh`, '2025-03-01');
      await arm('POST', `${appId}/restart`, '2025-03-01');
    },
    /** Runs the app's own code in a process that has the site's settings and no others. */
    readAsApp: async (): Promise<AppReading> => {
      if (site === undefined) throw new Error('No function app was brought up.');
      const child = spawn(process.execPath, [readAsAppScript], {
        env: { PATH: process.env['PATH'], ...site.environment },
      });
      const [stdout, stderr, [exitCode]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close') as Promise<[number]>,
      ]);
      if (exitCode === 0) return JSON.parse(stdout) as AppReading;
      throw new Error(`The app ended with ${exitCode}: ${stderr}`);
    },
    close: async (): Promise<void> => {
      await cloud.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
