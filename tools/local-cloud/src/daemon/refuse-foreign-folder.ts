import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MispricedError } from '@mispriced/core';
import { logFile } from './log-source.ts';

/**
 * Keeps a local cloud out of a folder that is somebody else's: it would close it to others, and a
 * reset would remove it.
 *
 * @throws MispricedError CONFIG_INVALID for a folder with something in it that is no local cloud's
 */
export function refuseForeignFolder(stateFolder: string): void {
  if (!existsSync(stateFolder) || readdirSync(stateFolder).length === 0) return;
  // The log comes first, before anything that could fail.
  if ([join(stateFolder, 'seal.key'), logFile(stateFolder)].some((file) => existsSync(file)))
    return;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `${stateFolder} holds files, and they are not the state of a local cloud.`,
    fix: 'Name an empty folder, or the one in which the local cloud was started.',
  });
}
