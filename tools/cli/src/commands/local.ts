import { resolve } from 'node:path';
import {
  followLocalLogs,
  localDown,
  localEnv,
  localLogs,
  localReset,
  localStatus,
  type LocalStatus,
  localUp,
} from '@mispriced/local-cloud';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { localCloudFolder } from '../cloud-environment.ts';
import type { CommandDependencies } from '../command-dependencies.ts';
import { createOutput } from '../output.ts';
import type { Registration } from './register.ts';

interface LocalOptions {
  readonly state?: string;
  readonly json: boolean;
}

interface ResetOptions extends LocalOptions {
  readonly dryRun: boolean;
}

interface LogsOptions extends LocalOptions {
  readonly lines: number;
  readonly app?: string;
  readonly follow: boolean;
}

const examples: Readonly<Record<string, string>> = {
  up: 'mispriced local up',
  status: 'mispriced local status --json',
  env: `eval "$(mispriced local env)"      points this shell's pulumi, az and SDKs at it`,
  logs: 'mispriced local logs --follow',
  down: 'mispriced local down',
  reset: 'mispriced local reset --dry-run',
};

/** `mispriced local`: the local cloud, in the background, its state kept between commands. */
export function registerLocal({ program, dependencies }: Registration): void {
  const local = program
    .command('local')
    .description(
      'A cloud on this machine: a loopback double of the Azure endpoints used, and a market.',
    )
    .addHelpText('after', `\nExamples:\n  ${Object.values(examples).join('\n  ')}`);
  const folderOf = (options: LocalOptions): string =>
    resolve(dependencies.workingFolder, options.state ?? localCloudFolder(dependencies));
  const add = (name: string, description: string): Command =>
    local
      .command(name)
      .description(description)
      .option('--state <folder>', 'where it keeps what it knows (default: .mispriced/local-cloud)')
      .option('--json', 'print the result as JSON', false)
      .addHelpText('after', `\nExample:\n  ${examples[name] ?? ''}`);

  add('up', 'start it, or find the one that runs').action(async (options: LocalOptions) => {
    const status = await localUp({ stateFolder: folderOf(options) });
    createOutput(dependencies, options.json).result(status, statusText(status));
  });
  add('down', 'stop it; what it knows is kept').action(async (options: LocalOptions) => {
    const before = await localDown({ stateFolder: folderOf(options) });
    const was = before.state === 'running' || before.state === 'busy';
    const text = was ? 'the local cloud is stopped' : 'no local cloud was running';
    createOutput(dependencies, options.json).result(
      { before: before.state, state: 'stopped' },
      text,
    );
  });
  add('status', 'whether it runs, and where').action(async (options: LocalOptions) => {
    const status = await localStatus({ stateFolder: folderOf(options) });
    createOutput(dependencies, options.json).result(status, statusText(status));
  });
  add('reset', 'stop it and forget all it knew')
    .option('--dry-run', 'tell what would be forgotten, and stop and remove nothing', false)
    .action(async (options: ResetOptions) => {
      const { dryRun } = options;
      const stateFolder = folderOf(options);
      const before = await localReset({ stateFolder, dryRun });
      const text = dryRun
        ? `${stateFolder} would be removed, with all that it holds; the local cloud is ${before.state}`
        : 'the local cloud is forgotten';
      const state = dryRun ? before.state : 'stopped';
      createOutput(dependencies, options.json).result(
        { state, stateFolder, removed: !dryRun },
        text,
      );
    });
  add('env', 'what a shell, pulumi, az or an SDK needs to reach it').action(
    async (options: LocalOptions) => {
      const environment = await localEnv({ stateFolder: folderOf(options) });
      createOutput(dependencies, options.json).result(environment, exports(environment));
    },
  );
  add('logs', 'the end of its log, and of the function apps in it')
    .option('--lines <n>', 'how many lines', lineCount, 100)
    .option('--app <name>', 'the log of one function app alone')
    .addOption(
      new Option('--follow', 'go on with every line as it is written, until interrupted')
        .default(false)
        .conflicts('json'),
    )
    .action(async (options: LogsOptions) => {
      const { app, lines } = options;
      const wanted = {
        stateFolder: folderOf(options),
        lines,
        ...(app !== undefined && { app }),
      };
      if (options.follow) {
        await follow(wanted, dependencies);
        return;
      }
      const text = localLogs(wanted);
      createOutput(dependencies, options.json).result({ lines: text.split('\n') }, text);
    });
}

/** Prints lines until somebody interrupts it, which is its usual end. */
async function follow(
  wanted: { stateFolder: string; lines: number; app?: string },
  dependencies: CommandDependencies,
): Promise<void> {
  const interrupted = new AbortController();
  const stop = (): void => {
    interrupted.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for await (const line of followLocalLogs({ ...wanted, signal: interrupted.signal })) {
      dependencies.stdout.write(`${line}\n`);
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function lineCount(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number of lines, 1 or more.');
}

function statusText(status: LocalStatus): string {
  if (status.state === 'busy') {
    return `the local cloud is busy: process ${status.pid ?? 0} is there and does not answer`;
  }
  if (status.state !== 'running') return `the local cloud is ${status.state}`;
  const services = Object.entries(status.services).map(([name, url]) => `  ${name}  ${url}`);
  return [
    `the local cloud runs at ${status.origin ?? ''} (process ${status.pid ?? 0})`,
    ...services,
  ].join('\n');
}

/** Lines for a POSIX shell's `eval`. */
function exports(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`)
    .join('\n');
}
