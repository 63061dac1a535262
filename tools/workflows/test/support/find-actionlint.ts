import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, makeFolderOnce } from '@mispriced/core';

const run = promisify(execFile);
const version = '1.7.12';

interface Place {
  readonly folder: string;
  readonly program: string;
}

function placeIn(environment: NodeJS.ProcessEnv): Place {
  const folder = cacheFolder(`actionlint-${version}`, environment);
  const name = process.platform === 'win32' ? 'actionlint.exe' : 'actionlint';
  return { folder, program: join(folder, 'bin', name) };
}

/**
 * The checker of workflows at its pinned version, as `npx nx prepare workflows` has left it in the
 * cache. Null, said loudly, where it was not prepared.
 *
 * @throws Error in a build, which has to have it.
 */
export function findActionlint(environment: NodeJS.ProcessEnv = process.env): string | null {
  const { program } = placeIn(environment);
  if (existsSync(program)) return program;
  const why = 'There is no actionlint here. To get it: npx nx prepare workflows';
  const isBuild = [environment['CI'], environment['GITHUB_ACTIONS']].includes('true');
  if (isBuild) throw new Error(why);
  console.warn(`\n  SKIPPED: tests with actionlint. ${why}\n`);
  return null;
}

/** Builds it with Go, outside the tree, unless it is there. @throws Error where there is no Go. */
export async function prepareActionlint(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { folder, program } = placeIn(environment);
  const make = async (staging: string): Promise<void> => {
    await run('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@v${version}`], {
      env: { ...environment, GOBIN: join(staging, 'bin') },
    });
  };
  await makeFolderOnce({ folder, make });
  return program;
}
