import { spawn } from 'node:child_process';

/** How a command ended. */
export interface ShellEnd {
  readonly exitCode: number | null;
  readonly standardOutput: string;
  readonly standardError: string;
}

/** Variables of the test's own runners, which would change what a command does. */
const ofTheRunner = /^(npm_|NX_|VITEST|TEST$|NODE_ENV$|MISPRICED__|INIT_CWD$)/;

/** Runs a command in a shell, as a reader of a page would who had just opened a terminal. */
export async function runShell(
  command: string,
  workingFolder: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ShellEnd> {
  const inherited = Object.entries(process.env).filter(([name]) => !ofTheRunner.test(name));
  const child = spawn('bash', ['-o', 'pipefail', '-c', command], {
    cwd: workingFolder,
    env: { ...Object.fromEntries(inherited), NX_DAEMON: 'false', NO_COLOR: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  return { exitCode, standardOutput: output.join(''), standardError: errors.join('') };
}
