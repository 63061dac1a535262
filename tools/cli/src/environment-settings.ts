import { environmentName, simulationSettings } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import { inLocalCloud } from '@mispriced/environment/in-local-cloud';
import { cloudEnvironment } from './cloud-environment.ts';
import type { CommandDependencies } from './command-dependencies.ts';
import { createOutput } from './output.ts';

type Variables = Readonly<Record<string, string>>;

/** Keys of the configuration, and the output of an environment that each is taken from. */
const keysOfOutputs = {
  'storage.account_url': 'blobEndpoint',
  'key_vault.name': 'keyVaultName',
  'key_vault.url': 'keyVaultUri',
  'schedule.daily_trade': 'schedule',
  'schedule.time_zone': 'timeZone',
  'venue.url': 'venueUrl',
  'venue.account_id': 'venueAccountId',
} as const;

/**
 * Settings by which a command on this machine reaches what an environment keeps: its storage, its
 * vault, and in the local cloud the market and a sign-in. Whether orders are sent is never among
 * them: at a terminal that is asked for by `--mode`.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED where an environment of the local cloud is not recorded,
 * and no variable says where its things are; CONFIG_INVALID where the local cloud does not run.
 */
export async function environmentSettings(
  stack: string,
  dependencies: CommandDependencies,
): Promise<Variables> {
  const isLocal = inLocalCloud({ stackName: stack, environment: dependencies.environment });
  const given = Object.keys(dependencies.environment).some((name) => /^MISPRICED__/i.test(name));
  // Variables alone can describe a stack, and then no local cloud need run.
  if (isLocal && given && dependencies.environment['MISPRICED_LOCAL_CLOUD'] === undefined)
    return {};
  const environment = await cloudEnvironment({ stack }, dependencies);
  const { recordedOutputs } = await import('@mispriced/environment');
  const outputs = await recordedOutputs({ stackName: stack, environment });
  if (outputs !== null) {
    return { ...settingsOf(outputs, environment), ...(isLocal && localSignIn(environment)) };
  }
  if (isLocal && !given) {
    throw new MispricedError({
      code: 'ENVIRONMENT_REFUSED',
      message: `There is no environment ${stack} in the local cloud yet.`,
      fix: `Bring it up: npx mispriced up --stack ${stack}`,
    });
  }
  createOutput(dependencies, false).progress(
    `no environment ${stack} is recorded here: files and MISPRICED__ variables say where its things are`,
  );
  return {};
}

function settingsOf(
  outputs: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Variables {
  // A connection string that is given says where the storage is, and an address beside it is too much.
  const usesKey = environment[environmentName('storage.connection_string')] !== undefined;
  const entries = Object.entries(keysOfOutputs).flatMap(([key, output]) => {
    const value = outputs[output];
    if (typeof value !== 'string' || (usesKey && key === 'storage.account_url')) return [];
    return [[environmentName(key), value] as const];
  });
  const { venueUrl } = outputs;
  return {
    ...(typeof venueUrl === 'string' && simulationSettings(venueUrl)),
    ...Object.fromEntries(entries),
    [environmentName('storage.kind')]: 'blob',
  };
}

/** In the local cloud nobody is signed in with `az`: its administrator stands in for the person. */
function localSignIn(environment: Readonly<Record<string, string | undefined>>): Variables {
  const variable = (name: string): string => environment[name] ?? '';
  return {
    [environmentName('identity.kind')]: 'service-principal',
    [environmentName('identity.client_id')]: variable('AZURE_CLIENT_ID'),
    [environmentName('identity.client_secret')]: variable('AZURE_CLIENT_SECRET'),
    [environmentName('identity.tenant_id')]: variable('AZURE_TENANT_ID'),
    [environmentName('identity.authority_url')]: variable('AZURE_AUTHORITY_HOST'),
  };
}
