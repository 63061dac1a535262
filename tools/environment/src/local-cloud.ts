import { type CloudConnection, connectToCloud } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import type { Cloud } from './cloud.ts';
import { federatedTokenOf } from './federated-token.ts';
import { localPlaceOf } from './local-place.ts';

const needed = [
  'ARM_METADATA_HOSTNAME',
  'ARM_TENANT_ID',
  'ARM_SUBSCRIPTION_ID',
  'ARM_CLIENT_ID',
] as const;

/** A cloud on loopback that somebody else has started, with azure-native's stand-in before it. */
export async function connectedCloud(connection: CloudConnection): Promise<Cloud> {
  // It loads the engine's protocol, which commands that bring nothing up need not wait for.
  const { startProvider } = await import('@mispriced/local-cloud/provider');
  const provider = await startProvider(connection);
  return {
    environment: { ...provider.environment },
    connection: () => Promise.resolve(connection),
    close: () => provider.close(),
  };
}

/**
 * The local cloud that `npx mispriced local env` describes, by the variables that it prints. `clock`
 * is how to wait for what it is still at.
 *
 * @throws MispricedError CONFIG_INVALID when one of them is missing.
 */
export async function localCloud(
  environment: NodeJS.ProcessEnv = process.env,
  options: Pick<CloudConnection, 'clock'> = {},
): Promise<Cloud> {
  const value = (name: (typeof needed)[number] | 'ARM_CLIENT_SECRET') => environment[name] ?? '';
  const federatedToken = federatedTokenOf(environment);
  const wanted = federatedToken === undefined ? [...needed, 'ARM_CLIENT_SECRET' as const] : needed;
  const missing = wanted.filter((name) => value(name) === '');
  if (missing.length > 0) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `It is not known where the local cloud is: ${missing.join(', ')} has no value.`,
      fix: 'Start it with `npx mispriced local up`, then `eval "$(npx mispriced local env)"`.',
    });
  }
  const local = localPlaceOf(environment);
  const connection = await connectToCloud({
    metadataHost: value('ARM_METADATA_HOSTNAME'),
    tenantId: value('ARM_TENANT_ID'),
    subscriptionId: value('ARM_SUBSCRIPTION_ID'),
    clientId: value('ARM_CLIENT_ID'),
    ...(federatedToken === undefined
      ? { clientSecret: value('ARM_CLIENT_SECRET') }
      : { federatedToken }),
  });
  const cloud = await connectedCloud({ ...connection, ...options });
  return {
    ...cloud,
    environment: { ...cloud.environment, ...stateInCloud(environment) },
    ...(local !== undefined && { local }),
  };
}

/** What Pulumi's own storage and vault clients need where its state is in the local cloud as well. */
function stateInCloud(environment: NodeJS.ProcessEnv): Record<string, string> {
  const proxy = environment['MISPRICED_LOCAL_CLOUD_PROXY'];
  const host = environment['ARM_METADATA_HOSTNAME'] ?? '';
  if (proxy === undefined || !(environment['PULUMI_BACKEND_URL'] ?? '').startsWith('azblob:')) {
    return {};
  }
  const [, port = ''] = host.split(':');
  return { HTTPS_PROXY: proxy, AZURE_STORAGE_DOMAIN: `blob.localhost:${port}` };
}
