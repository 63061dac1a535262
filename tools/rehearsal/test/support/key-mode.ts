import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { expect } from 'vitest';
import type { Rehearsal, RehearsedStack } from '../../src/index.ts';

/** Brings the strategy up in key mode, with its first key, trading every five seconds. */
export async function tradeInKeyMode(rehearsal: Rehearsal): Promise<RehearsedStack> {
  const stack = await rehearsal.bringUp('local', {
    storageAuth: 'key',
    liveTrading: 'true',
    schedule: '*/5 * * * * *',
  });
  await rehearsal.value(['rotate-keys', '--stack', 'local']);
  await stack.setSecrets({ trading_api_key: rehearsal.market.key });
  // Little is bought at a time, so that every run has something to buy.
  await stack.changeSettings({ MISPRICED__LIMITS__PER_RUN: '25.00' });
  await stack.deploy({ bootstrap: true, words: ['--now'] });
  expect(await stack.waitForRun()).toMatchObject({ finished: { status: 'traded' } });
  return stack;
}

/** A rotation that minds neither slots nor the age of keys. */
export const rotateWords = [
  ...['rotate-keys', '--stack', 'local', '--margin-seconds', '0', '--grace-seconds', '0'],
] as const;

/** Both keys of an environment's account as they are now. */
export async function accountKeys(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
): Promise<Readonly<Record<string, string>>> {
  const path = `${stack.outputs['storageAccountId'] ?? ''}/listKeys?api-version=2024-01-01`;
  const { body } = await rehearsal.cloud.request('POST', path);
  const { keys } = body as { keys: readonly { keyName: string; value: string }[] };
  return Object.fromEntries(keys.map(({ keyName, value }) => [keyName, value]));
}

/** Both keys, and how the vault names the version of the secret that holds one. */
export async function keysAndVersions(rehearsal: Rehearsal, stack: RehearsedStack) {
  const listed = (await rehearsal.value(['secrets', 'list', '--stack', 'local'])) as {
    secrets: readonly { secretName: string; versions: readonly object[] }[];
  };
  const own = listed.secrets.find(({ secretName }) => secretName === 'storage--connection-string');
  return { keys: await accountKeys(rehearsal, stack), versions: own?.versions };
}

/** Sees that storage refuses a key. */
export async function expectDead(stack: RehearsedStack, key: string): Promise<void> {
  const name = stack.outputs['storageAccountName'] ?? '';
  const service = new BlobServiceClient(
    stack.outputs['blobEndpoint'] ?? '',
    new StorageSharedKeyCredential(name, key),
    { retryOptions: { maxTries: 1 } },
  );
  await expect(service.listContainers().byPage({ maxPageSize: 1 }).next()).rejects.toMatchObject({
    statusCode: 403,
  });
}
