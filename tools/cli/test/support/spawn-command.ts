import { spawn, type ChildProcess } from 'node:child_process';
import { workspaceRoot } from '../../src/workspace-root.ts';
import type { CommandEnd } from './run-command.ts';

/** A command that runs in a process of its own. */
export interface SpawnedCommand {
  readonly process: ChildProcess;
  readonly end: Promise<CommandEnd>;
}

type Variables = Readonly<Record<string, string>>;

/** Starts `npx mispriced` as a person does at the root of the workspace. */
export function spawnNpx(args: readonly string[], environment: Variables = {}): SpawnedCommand {
  return start('npx', ['--no-install', 'mispriced', ...args], environment);
}

/** Starts the program without npx in between, so that a signal reaches it. */
export function spawnProgram(args: readonly string[], environment: Variables = {}): SpawnedCommand {
  const script = new URL('../../bin/mispriced.mjs', import.meta.url).pathname;
  return start(process.execPath, [script, ...args], environment);
}

function start(command: string, args: readonly string[], environment: Variables): SpawnedCommand {
  const child = spawn(command, args, {
    cwd: workspaceRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutSettings(process.env), ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const end = new Promise<CommandEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? -1, stdout, stderr });
    });
  });
  return { process: child, end };
}

/** The settings of whoever runs the tests are not the tests'. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^MISPRICED_(_|STAGE)/.test(name)),
  );
}
