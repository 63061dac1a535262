import { MispricedError } from '@mispriced/core';
import { openStateFolder } from '../state/state-folder.ts';
import { busyLocalCloud } from './busy-local-cloud.ts';
import { localStatus } from './local-status.ts';

/**
 * What a shell, Pulumi, an SDK or `az` needs in its environment to reach the local cloud. It holds
 * the administrator's secret, which opens nothing but this local cloud.
 *
 * @throws MispricedError when none runs, or it does not answer
 */
export async function localEnv(args: { stateFolder: string }): Promise<Record<string, string>> {
  const { state, pid } = await localStatus(args);
  if (state === 'busy') throw busyLocalCloud(args.stateFolder, pid);
  if (state !== 'running') {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `No local cloud runs in ${args.stateFolder}.`,
      fix: 'Start it: npx mispriced local up',
    });
  }
  return openStateFolder(args.stateFolder).document<Record<string, string>>(
    'environment',
    () => ({}),
  ).value;
}
