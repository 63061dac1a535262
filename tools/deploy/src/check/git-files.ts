import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const largestAnswer = 64 * 1024 * 1024;

/** Files of a working tree that git has or would take, relative to it; null without git. */
export async function listGitFiles(workspace: string): Promise<readonly string[] | null> {
  try {
    const { stdout } = await run(
      'git',
      ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      {
        cwd: workspace,
        maxBuffer: largestAnswer,
      },
    );
    return [...new Set(stdout.split('\0').filter((file) => file !== ''))];
  } catch {
    return null;
  }
}

/** Those of some files that git ignores; null without git. */
export async function listIgnored(
  workspace: string,
  files: readonly string[],
): Promise<readonly string[] | null> {
  if (files.length === 0) return [];
  const child = run('git', ['check-ignore', '-z', '--stdin'], {
    cwd: workspace,
    maxBuffer: largestAnswer,
  });
  // Without a repository git ends before it has read anything; how it ended says so below.
  child.child.stdin?.on('error', () => undefined);
  child.child.stdin?.end(files.join('\0'));
  try {
    const { stdout } = await child;
    return stdout.split('\0').filter((file) => file !== '');
  } catch (error) {
    // Exit code 1 says that none of them is ignored.
    return (error as { code?: unknown }).code === 1 ? [] : null;
  }
}
