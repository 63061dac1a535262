import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Which commit a working tree is at; null without git. */
export interface SourceState {
  readonly commit: string | null;
  /** Whether it holds changes that no commit has. */
  readonly dirty: boolean;
}

/** Reads the state of a working tree. */
export async function readSourceState(workspace: string): Promise<SourceState> {
  const commit = await git(workspace, ['rev-parse', 'HEAD']);
  const changes = await git(workspace, ['status', '--porcelain']);
  return { commit, dirty: changes !== null && changes !== '' };
}

/** What lies between two commits, newest first, one line each, as far as git still knows them. */
export interface CommitsBetween {
  readonly added: readonly string[];
  /** Those of the first that the second has not: a step back. */
  readonly removed: readonly string[];
}

/** Lists the commits between what runs and what would. */
export async function listCommits(
  workspace: string,
  from: string | null,
  to: string | null,
): Promise<CommitsBetween> {
  if (from === null || to === null) return { added: [], removed: [] };
  const [added, removed] = await Promise.all([
    log(workspace, `${from}..${to}`),
    log(workspace, `${to}..${from}`),
  ]);
  return { added, removed };
}

async function log(workspace: string, range: string): Promise<readonly string[]> {
  const text = await git(workspace, ['log', '--oneline', '--no-decorate', range]);
  return text === null || text === '' ? [] : text.split('\n');
}

async function git(workspace: string, words: readonly string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)('git', [...words], { cwd: workspace })).stdout.trim();
  } catch {
    return null;
  }
}
