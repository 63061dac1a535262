import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder, outside the source tree, for what can be made again but takes long to fetch or to build:
 * below `MISPRICED_CACHE`, else below `mispriced` in the user's cache folder (XDG).
 */
export function cacheFolder(
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { MISPRICED_CACHE: own, XDG_CACHE_HOME: shared } = environment;
  if (own !== undefined && own !== '') return join(own, name);
  const caches = shared !== undefined && shared !== '' ? shared : join(homedir(), '.cache');
  return join(caches, 'mispriced', name);
}
