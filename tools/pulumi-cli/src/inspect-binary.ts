import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { FoundPulumi, PulumiSource } from './found-pulumi.ts';

const run = promisify(execFile);
const suffix = process.platform === 'win32' ? '.exe' : '';

/** The first folder of a search path that holds a program, as that program's full path. */
export async function findOnPath(program: string, searchPath: string): Promise<string | null> {
  for (const folder of searchPath.split(delimiter).filter((entry) => entry !== '')) {
    const candidate = join(folder, program + suffix);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

/**
 * Runs `pulumi version` and looks for the Node.js language host beside it, then on the path.
 * Answers null where there is no such program; throws where there is one that does not answer.
 */
export async function inspectPulumi(args: {
  path: string;
  source: PulumiSource;
  searchPath: string;
}): Promise<FoundPulumi | null> {
  if (!(await isExecutable(args.path))) return null;
  const { stdout } = await run(args.path, ['version'], {
    timeout: 60_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' },
  });
  const host = 'pulumi-language-nodejs';
  return {
    path: args.path,
    version: stdout.trim().replace(/^v/, ''),
    source: args.source,
    languageHostPath:
      (await findOnPath(host, dirname(args.path))) ?? (await findOnPath(host, args.searchPath)),
  };
}

/** The name of the program in a folder, with the ending that the platform wants. */
export function pulumiIn(folder: string): string {
  return join(folder, `pulumi${suffix}`);
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
