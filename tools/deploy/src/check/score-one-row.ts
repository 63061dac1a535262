import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CheckProblem } from './problem.ts';

const worker = fileURLToPath(new URL('score-row-worker.ts', import.meta.url));
const timeoutMilliseconds = 60_000;

/**
 * Scores one row in a process of its own with the model library that is in the package: proof that
 * its native code loads where nothing else is installed.
 */
export async function scoreOneRow(args: {
  appFolder: string;
  modelFile: string;
  /** The program of Node that runs it; the one that runs this by default. */
  node?: string;
}): Promise<readonly CheckProblem[]> {
  try {
    await promisify(execFile)(
      args.node ?? process.execPath,
      [worker, args.appFolder, args.modelFile],
      {
        cwd: args.appFolder,
        env: {},
        timeout: timeoutMilliseconds,
      },
    );
    return [];
  } catch (error) {
    const said = (error as { stderr?: unknown }).stderr;
    const reason = typeof said === 'string' && said.trim() !== '' ? said : String(error);
    return [
      {
        check: 'load',
        message: `The model library of the package does not score: ${lastError(reason)}`,
        fix: 'Run `npm ci` and build the package again; the check runs on linux-x64, as Azure does.',
      },
    ];
  }
}

function lastError(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== '') ?? '';
}
