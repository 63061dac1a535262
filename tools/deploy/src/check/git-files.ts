import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withTemporaryFolder } from './with-temporary-folder.ts';

const run = promisify(execFile);
const largestAnswer = 64 * 1024 * 1024;

/** What git makes of a working tree. */
export interface WorkingTree {
  /** Files that git has or would take, relative to it. */
  readonly files: readonly string[];
  /** Those of some files that git ignores. */
  readonly ignored: (files: readonly string[]) => Promise<readonly string[]>;
}

/**
 * Reads a working tree as git sees it and lets some work be done with that. A folder that is in no
 * repository, such as an unpacked archive, is seen by its own `.gitignore` all the same.
 *
 * @returns What the work gives; null where there is no git to ask.
 */
export async function withWorkingTree<Result>(
  folder: string,
  work: (tree: WorkingTree) => Promise<Result>,
): Promise<Result | null> {
  if (!(await answers(['--version'], folder))) return null;
  if (await answers(['rev-parse', '--is-inside-work-tree'], folder)) {
    return work(await readTree(folder, []));
  }
  return withTemporaryFolder(async (temporary) => {
    const repository = join(temporary, 'empty.git');
    await run('git', ['init', '--quiet', '--bare', repository]);
    return work(await readTree(folder, [`--git-dir=${repository}`, `--work-tree=${folder}`]));
  });
}

async function readTree(folder: string, where: readonly string[]): Promise<WorkingTree> {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const options = { cwd: folder, maxBuffer: largestAnswer };
  const { stdout } = await run('git', [...where, ...words], options);
  return {
    files: [...new Set(stdout.split('\0').filter((file) => file !== ''))],
    ignored: async (files) => {
      if (files.length === 0) return [];
      const child = run('git', [...where, 'check-ignore', '-z', '--stdin'], options);
      child.child.stdin?.end(files.join('\0'));
      // Exit code 1 says that none of them is ignored.
      const answer = await child.catch((error: unknown) => error as { stdout?: string });
      return (answer.stdout ?? '').split('\0').filter((file) => file !== '');
    },
  };
}

function answers(words: readonly string[], cwd: string): Promise<boolean> {
  return run('git', [...words], { cwd }).then(
    () => true,
    () => false,
  );
}
