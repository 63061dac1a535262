import { ClientSecretCredential } from '@azure/identity';
import { openSecretClient } from '@mispriced/config';
import { expect } from 'vitest';
import type { Rehearsal, RehearsedStack } from '../../src/index.ts';

const secretName = 'storage--connection-string';

/** What else is broken by the same hand, beside both keys. */
export const damages = {
  'nothing else': () => Promise.resolve(),
  'the secret deleted': async (rehearsal: Rehearsal, stack: RehearsedStack) => {
    const secrets = await openSecrets(rehearsal, stack);
    await (await secrets.beginDeleteSecret(secretName)).pollUntilDone();
  },
  'the secret disabled': async (rehearsal: Rehearsal, stack: RehearsedStack) => {
    const secrets = await openSecrets(rehearsal, stack);
    const { version = '' } = (await secrets.getSecret(secretName)).properties;
    await secrets.updateSecretProperties(secretName, version, { enabled: false });
  },
  'settings with garbage': async (_: Rehearsal, stack: RehearsedStack) => {
    await stack.changeSettings({
      AzureWebJobsStorage: 'copied by half',
      MISPRICED__STORAGE__CONNECTION_STRING: 'AccountName=;AccountKey=',
    });
  },
} as const;

/** Resets both keys as by hand, breaks more, and starts the app again: it is down then. */
export async function resetKeys(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
  damage: keyof typeof damages,
): Promise<void> {
  for (const keyName of ['key1', 'key2']) {
    const path = `${stack.outputs['storageAccountId'] ?? ''}/regenerateKey`;
    await rehearsal.cloud.request('POST', `${path}?api-version=2024-01-01`, { keyName });
  }
  await damages[damage](rehearsal, stack);
  const restart = `${stack.outputs['appId'] ?? ''}/restart?api-version=2025-05-01`;
  await rehearsal.cloud.request('POST', restart);
  const giveUpAt = Date.now() + 60_000;
  while ((await stack.site()).state !== 'failed') {
    if (Date.now() > giveUpAt) throw new Error('The app does not mind.');
    await new Promise((done) => setTimeout(done, 100));
  }
}

/**
 * Repairs with the command alone, and sees that the app runs.
 *
 * @param wanted How that run may end: `nothing` only where the market may have nothing left to buy.
 */
export async function expectRepaired(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
  wanted: readonly string[] = ['traded'],
): Promise<void> {
  const repaired = await rehearsal.value(['rotate-keys', '--stack', 'local', '--repair']);
  expect(repaired).toMatchObject({ accounts: [{ status: 'repaired' }] });
  expect(await stack.status()).toMatchObject({ healthy: true });
  const repairedAt = new Date();
  // Run by hand, for the timer itself may wait until the lock lapses that the dead host could not give
  // back; where it does not, it may take the slot before.
  expect(await stack.tick()).toMatchObject({ error: null });
  const { finished } = await stack.waitForRun({ after: repairedAt });
  expect(finished?.errorCode).toBeNull();
  expect(wanted).toContain(finished?.status);
}

function openSecrets({ cloud }: Rehearsal, stack: RehearsedStack) {
  const { clientId, clientSecret } = cloud.administrator;
  const credential = new ClientSecretCredential(cloud.tenantId, clientId, clientSecret, {
    authorityHost: cloud.addresses.origin,
    disableInstanceDiscovery: true,
  });
  const url = cloud.addresses.hosted('vault', stack.outputs['keyVaultName'] ?? '');
  return openSecretClient({ vault: { url }, identity: { credential, description: 'operator' } });
}
