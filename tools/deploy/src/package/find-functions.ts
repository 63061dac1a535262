import { glob } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { packageRefused } from './package-error.ts';

/** A file of the app that registers one function, and the function's name: the file's. */
export interface FunctionSource {
  readonly name: string;
  /** Relative to the app's folder. */
  readonly file: string;
}

/**
 * The functions an app must have: one for each file that `main` of its package.json names. Knowing
 * them from the sources, and not from what happens to register, is what makes a missing one show.
 *
 * @throws MispricedError `PACKAGE_REFUSED` where there is none.
 */
export async function findFunctions(args: {
  workspace: string;
  app: string;
  main: string;
}): Promise<readonly FunctionSource[]> {
  const files = await Array.fromAsync(glob(args.main, { cwd: join(args.workspace, args.app) }));
  const sources = files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()
    .map((file) => ({ name: basename(file).replace(/\.[^.]+$/, ''), file }));
  if (sources.length > 0) return sources;
  throw packageRefused(
    `${args.app} has no functions: ${args.main} names no file.`,
    'Keep one file for each function there, or mend `main` in its package.json.',
  );
}
