import { cacheFolder } from '@mispriced/core';
import { pulumiVersion } from './versions.ts';

/** Where a command line of our own version is kept. A 113 MB program is not fetched twice. */
export function pulumiCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return cacheFolder(`pulumi-${pulumiVersion}`, environment);
}
