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

/** The commits between two that git still knows, newest first, one line each. */
export async function listCommits(
  workspace: string,
  from: string | null,
  to: string | null,
): Promise<readonly string[]> {
  if (from === null || to === null) return [];
  const text = await git(workspace, ['log', '--oneline', '--no-decorate', `${from}..${to}`]);
  return text === null || text === '' ? [] : text.split('\n');
}

async function git(workspace: string, words: readonly string[]): Promise<string | null> {
  try {
    return (await promisify(execFile)('git', [...words], { cwd: workspace })).stdout.trim();
  } catch {
    return null;
  }
}
