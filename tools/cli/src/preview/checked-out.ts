import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The commit of a working tree: the one that the environment names, else git's; zeros without git. */
export async function checkedOutCommit(
  workspace: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const named = environment['MISPRICED_COMMIT'] ?? environment['GITHUB_SHA'] ?? '';
  if (/^[0-9a-f]{7,40}$/.test(named)) return named;
  return (await git(workspace, 'HEAD')) ?? '0000000';
}

/** What a pull request is usually compared with; null where this clone has none of it. */
export async function findBaseReference(workspace: string): Promise<string | null> {
  for (const reference of ['origin/main', 'main']) {
    if ((await git(workspace, reference)) !== null) return reference;
  }
  return null;
}

async function git(workspace: string, reference: string): Promise<string | null> {
  try {
    const words = ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`];
    return (await promisify(execFile)('git', words, { cwd: workspace })).stdout.trim();
  } catch {
    return null;
  }
}
