import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** A tracked text file. */
export interface TextFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Paths of everything that is committed or about to be, from the root. */
export function repositoryFiles(): readonly string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const removed = execFileSync('git', ['ls-files', '-z', '--deleted'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
  const gone = new Set(removed.split('\0'));
  return listed.split('\0').filter((path) => path !== '' && !gone.has(path));
}

/** Reads a file of the repository. */
export function readRepositoryFile(path: string): TextFile {
  return { path, text: readFileSync(join(repositoryRoot, path), 'utf8') };
}

/** Every page written for people, the README first. */
export function pages(): readonly TextFile[] {
  const paths = repositoryFiles().filter((path) => path.endsWith('.md'));
  return paths
    .toSorted((a, b) => Number(b === 'README.md') - Number(a === 'README.md'))
    .map(readRepositoryFile);
}
