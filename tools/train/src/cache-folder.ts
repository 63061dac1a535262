import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where what can be made again is kept between uses, outside the project: `MISPRICED_CACHE`, or
 * `mispriced` in the XDG cache folder.
 */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const named = environment['MISPRICED_CACHE'];
  if (named !== undefined && named !== '') return named;
  const xdg = environment['XDG_CACHE_HOME'];
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'mispriced');
}
