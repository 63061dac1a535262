import { type CloudConnection, publicCloud } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import type { Cloud } from './cloud.ts';

/**
 * Azure itself. Pulumi signs in by its own rules (`az login`, or ARM_* variables); what is done
 * besides it signs in by DefaultAzureCredential, which finds the same.
 */
export function azureCloud(environment: NodeJS.ProcessEnv = process.env): Cloud {
  return {
    environment: {},
    connection: () => connect(environment),
    close: () => Promise.resolve(),
  };
}

async function connect(environment: NodeJS.ProcessEnv): Promise<CloudConnection> {
  const subscriptionId = environment['ARM_SUBSCRIPTION_ID'] ?? environment['AZURE_SUBSCRIPTION_ID'];
  if (subscriptionId === undefined || subscriptionId === '') {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: 'It is not known which subscription is meant.',
      fix: 'Set ARM_SUBSCRIPTION_ID to what `az account show --query id -o tsv` prints.',
    });
  }
  // Loaded here, for most commands never need it.
  const { DefaultAzureCredential } = await import('@azure/identity');
  return {
    endpoint: publicCloud.resourceManager,
    audience: publicCloud.audience,
    credential: new DefaultAzureCredential(),
    subscriptionId,
    tenantId: environment['ARM_TENANT_ID'] ?? '',
    clientId: environment['ARM_CLIENT_ID'] ?? '',
    fetch,
  };
}
