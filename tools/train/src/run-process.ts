import { spawn } from 'node:child_process';

/** How a child process ended. */
export interface ProcessEnd {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

/**
 * Runs a program to its end, without a shell.
 *
 * @param args.onErrorLine Called with each line of standard error as it comes: programs tell their
 *   progress there.
 * @throws The system's error where the program cannot be started.
 */
export async function runProcess(args: {
  command: string;
  arguments: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  /** The folder to run in. */
  folder?: string;
  onErrorLine?: (line: string) => void;
}): Promise<ProcessEnd> {
  const child = spawn(args.command, args.arguments, {
    env: args.environment,
    ...(args.folder !== undefined && { cwd: args.folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let standardOutput = '';
  let standardError = '';
  let unfinishedLine = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    standardOutput += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    standardError += text;
    const lines = (unfinishedLine + text).split('\n');
    unfinishedLine = lines.pop() ?? '';
    for (const line of lines) args.onErrorLine?.(line);
  });
  return await new Promise<ProcessEnd>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      resolve({ exitCode, signal, standardOutput, standardError });
    });
  });
}

/** The last lines a program said, without the credentials that a URL in them may hold. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .join('\n')
    .replaceAll(/\/\/[^/@\s]+@/g, '//***@');
}
