import { systemClock, waitUntil } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import type { Arm } from './arm.ts';
import type { Step } from './ensure.ts';

const apiVersion = '2021-04-01';
const pollSeconds = 5;
const mostPolls = 60;

/** What environments and the pipeline are made of; a new subscription knows none of them. */
const namespaces = [
  'Microsoft.Storage',
  'Microsoft.KeyVault',
  'Microsoft.ManagedIdentity',
  'Microsoft.Web',
  'Microsoft.Insights',
  'Microsoft.OperationalInsights',
  'Microsoft.Consumption',
];

/** Registers the services that are used, and waits until they are. */
export async function registerProviders(args: {
  arm: Arm;
  subscriptionId: string;
  isDryRun: boolean;
  sleep: (milliseconds: number) => Promise<unknown>;
  /** Hears of each service, once it is registered. */
  add: (step: Step) => void;
}): Promise<void> {
  for (const namespace of namespaces) {
    const path = `/subscriptions/${args.subscriptionId}/providers/${namespace}`;
    const isRegistered = async (): Promise<boolean> =>
      (await args.arm.read(path, apiVersion))?.['registrationState'] === 'Registered';
    const isThere = await isRegistered();
    if (!isThere && !args.isDryRun) {
      await args.arm.act(`${path}/register`, apiVersion);
      const registered = await waitUntil({
        clock: { now: systemClock.now, sleep: args.sleep },
        limit: { times: mostPolls },
        pollMilliseconds: pollSeconds * 1000,
        ask: async () => (await isRegistered()) || null,
      });
      if (registered === null) throw tooSlow(namespace);
    }
    const done = isThere ? 'unchanged' : 'created';
    args.add({ what: 'service', name: namespace, why: 'has to be registered once', done });
  }
}

function tooSlow(namespace: string): MispricedError {
  return new MispricedError({
    code: 'BOOTSTRAP_FAILED',
    message: `${namespace} is still not registered after ${pollSeconds * mostPolls} seconds.`,
    fix: 'Run the same command again in a while: registering goes on by itself.',
    retryable: true,
  });
}
