import { fileURLToPath } from 'node:url';
import type { Cloud, LocalPlace } from './cloud.ts';
import { environmentOutputs } from './environment-outputs.ts';
import { inLocalCloud } from './in-local-cloud.ts';
import { isRecorded, localPlaceOf } from './local-place.ts';

const ownFolder = fileURLToPath(new URL('../../../infra', import.meta.url));

/**
 * What an environment gives out, read from Pulumi's state alone: nothing is asked of the cloud it is
 * in.
 *
 * @param args.environment As `npx mispriced local env` prints it, for one in the local cloud.
 * @returns Null where no environment of this name is recorded here.
 * @throws MispricedError ENVIRONMENT_REFUSED where one is recorded that never came up;
 * CONFIG_INVALID where its passphrase is not given.
 */
export async function recordedOutputs(args: {
  stackName: string;
  environment: NodeJS.ProcessEnv;
}): Promise<Record<string, unknown> | null> {
  const { stackName, environment } = args;
  const local = inLocalCloud(args) ? localPlaceOf(environment) : undefined;
  if (inLocalCloud(args) && local === undefined) return null;
  const isShared = local === undefined && (environment['PULUMI_BACKEND_URL'] ?? '') !== '';
  if (!isShared && !isRecorded(local?.projectFolder ?? ownFolder, stackName)) return null;
  return environmentOutputs({ stackName, environment, cloud: unreached(local) });
}

/** A cloud that is not asked. */
function unreached(local: LocalPlace | undefined): Cloud {
  return {
    environment: {},
    ...(local !== undefined && { local }),
    connection: () => Promise.reject(new Error('This cloud is only read about.')),
    close: () => Promise.resolve(),
  };
}
