import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { cloneRepository } from '@mispriced/preview/testing';
import { plainEnvironment } from '@mispriced/testing';
import type { PreviewRehearsal } from './rehearse.ts';

const workspace = fileURLToPath(new URL('../../../..', import.meta.url));
const run = promisify(execFile);

/** A clone of the repository with one commit more, whose own commands can be run. */
export interface PullRequest {
  /** Runs a command of the clone's own program, whatever it ends with. */
  command(words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  close(): Promise<void>;
}

/** Clones what is committed here and commits one change to it; `HEAD~1` is then its base. */
export async function openPullRequest(
  { rehearsal }: PreviewRehearsal,
  change: { file: string; from: string; to: string },
): Promise<PullRequest> {
  const folder = await cloneRepository(workspace);
  const git = (...words: string[]) => run('git', words, { cwd: folder });
  const file = join(folder, change.file);
  const text = await readFile(file, 'utf8');
  if (!text.includes(change.from)) throw new Error(`${change.file} has no ${change.from}`);
  await writeFile(file, text.replace(change.from, change.to));
  const who = ['-c', 'user.name=quant', '-c', 'user.email=quant@example.com'];
  await git(...who, 'commit', '--quiet', '--all', '--message', 'Change one thing');
  return {
    command: (words) =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [join(folder, 'tools/cli/bin/mispriced.mjs'), ...words],
          {
            cwd: folder,
            env: { ...plainEnvironment(), ...rehearsal.environment },
            maxBuffer: 2 ** 26,
          },
          (error, stdout, stderr) => {
            resolve({ exitCode: error === null ? 0 : 1, stdout, stderr });
          },
        );
      }),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
