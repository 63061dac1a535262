import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, makeFolderOnce } from '@mispriced/core';

const run = promisify(execFile);
const version = '1.7.12';

/**
 * The checker of workflows at its pinned version, built with Go on first use and kept outside the
 * tree. Null where there is no Go, which a build does not accept.
 */
export async function findActionlint(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const folder = cacheFolder(`actionlint-${version}`, environment);
  const program = join(
    folder,
    'bin',
    process.platform === 'win32' ? 'actionlint.exe' : 'actionlint',
  );
  if (existsSync(program)) return program;
  const hasGo = await run('go', ['version'], { env: environment }).then(
    () => true,
    () => false,
  );
  if (!hasGo) {
    const isBuild = [environment['CI'], environment['GITHUB_ACTIONS']].includes('true');
    if (isBuild) throw new Error('Go is needed to build actionlint, and a build has to have it.');
    console.warn('\n  SKIPPED: actionlint. There is no Go here to build it with.\n');
    return null;
  }
  const make = async (staging: string): Promise<void> => {
    await run('go', ['install', `github.com/rhysd/actionlint/cmd/actionlint@v${version}`], {
      env: { ...environment, GOBIN: join(staging, 'bin') },
    });
  };
  await makeFolderOnce({ folder, make });
  return program;
}
