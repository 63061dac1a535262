import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const mostBytes = 64 * 1024 * 1024;
const timeoutMilliseconds = 600_000;

/**
 * Runs a program in another working tree. Of this process's environment it gets what finds programs,
 * and no variable that could hold a secret or name a cloud.
 *
 * @throws Error with the last lines that the program said.
 */
export async function runTool(args: {
  program: string;
  words: readonly string[];
  folder: string;
  environment?: Readonly<Record<string, string>>;
  /** What it reads; nothing unless given. */
  input?: string;
}): Promise<string> {
  try {
    const running = promisify(execFile)(args.program, [...args.words], {
      cwd: args.folder,
      env: { ...inherited(), ...args.environment },
      maxBuffer: mostBytes,
      timeout: timeoutMilliseconds,
    });
    if (args.input !== undefined) {
      // A program that ends before it has read all of it says itself why.
      running.child.stdin?.on('error', () => undefined).end(args.input);
    }
    return (await running).stdout;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const reason = said === '' ? String(error) : said.split('\n').slice(-4).join('\n');
    throw new Error(`${args.words.slice(0, 3).join(' ')} failed: ${reason}`, { cause: error });
  }
}

function inherited(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE };
}
