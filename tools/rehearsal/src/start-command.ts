import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { plainEnvironment } from '@mispriced/testing';
import type { CommandEnd } from './command-end.ts';

/** A command in a process of its own, such as one that is to be killed. */
export interface StartedCommand {
  readonly process: ChildProcess;
  /** Every line of its standard error so far. */
  readonly said: readonly string[];
  readonly end: Promise<CommandEnd>;
}

const program = createRequire(import.meta.url).resolve('@mispriced/cli/bin');

/** Starts a command of `npx mispriced` without npx in between, so that a signal reaches it. */
export function startCommand(args: {
  words: readonly string[];
  environment: Readonly<Record<string, string>>;
  workingFolder: string;
}): StartedCommand {
  const child = spawn(process.execPath, [program, ...args.words], {
    cwd: args.workingFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...plainEnvironment(), ...args.environment },
  });
  const said: string[] = [];
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    said.push(...text.split('\n').filter((line) => line !== ''));
  });
  const end = new Promise<CommandEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? -1, stdout, stderr });
    });
  });
  return { process: child, said, end };
}
