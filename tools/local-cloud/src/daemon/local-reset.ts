import { existsSync, rmSync } from 'node:fs';
import { localDown } from './local-down.ts';
import { localStatus, type LocalStatus } from './local-status.ts';
import { refuseForeignFolder } from './refuse-foreign-folder.ts';

/**
 * Stops the local cloud and forgets all it knew: resources, secrets, blobs, its certificate.
 *
 * @param args.dryRun Checks the folder, and stops and removes nothing.
 * @returns how it was before
 * @throws MispricedError for a folder with something in it that is no local cloud's state
 */
export async function localReset(args: {
  stateFolder: string;
  dryRun?: boolean;
}): Promise<LocalStatus> {
  const { stateFolder } = args;
  refuseForeignFolder(stateFolder);
  if (args.dryRun === true) return localStatus(args);
  const before = await localDown(args);
  if (existsSync(stateFolder)) rmSync(stateFolder, { recursive: true, force: true });
  return before;
}
