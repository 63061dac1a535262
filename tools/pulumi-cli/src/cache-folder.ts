import { homedir } from 'node:os';
import { join } from 'node:path';
import { pulumiVersion } from './versions.ts';

/**
 * A folder, outside the source tree, for what takes long to fetch or to build: below
 * `MISPRICED_CACHE`, else the user's cache folder.
 */
export function cacheFolder(name: string, environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment['MISPRICED_CACHE'];
  const shared = environment['XDG_CACHE_HOME'];
  const base =
    own !== undefined && own !== ''
      ? own
      : join(
          shared !== undefined && shared !== '' ? shared : join(homedir(), '.cache'),
          'mispriced',
        );
  return join(base, name);
}

/** Where a command line of our own version is kept. A 113 MB program is not fetched twice. */
export function pulumiCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return cacheFolder(`pulumi-${pulumiVersion}`, environment);
}
