import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MispricedError } from '@mispriced/core';
import { localDown } from './local-down.ts';

/**
 * Stops the local cloud and forgets all it knew: resources, secrets, blobs, its certificate.
 *
 * @throws MispricedError for a folder with something in it that is no local cloud's state
 */
export async function localReset(args: { stateFolder: string }): Promise<void> {
  const { stateFolder } = args;
  if (!existsSync(stateFolder)) return;
  const isOurs = existsSync(join(stateFolder, 'seal.key'));
  if (!isOurs && readdirSync(stateFolder).length > 0) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `${stateFolder} holds files, and they are not the state of a local cloud.`,
      fix: 'Name the folder in which the local cloud was started.',
    });
  }
  await localDown(args);
  rmSync(stateFolder, { recursive: true, force: true });
}
