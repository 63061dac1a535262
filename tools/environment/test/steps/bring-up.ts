import { expect } from 'vitest';
import { upEnvironment } from '../../src/index.ts';
import type { TestedEnvironment } from '../bench/tested-environment.ts';
import { learnAccountKeys, writeSecrets } from '../bench/vault-secrets.ts';

/** Fails where its case says, is completed by the same command, and answers with its outputs. */
export async function completeAfterFailure(
  environment: TestedEnvironment,
): Promise<Record<string, unknown>> {
  const { args, bench, one, config } = environment;
  const where = { service: 'resource-manager' as const, method: 'PUT', path: one.failure.path };
  const message = 'There is no room for it today.';
  bench.local.setFaults([
    one.failure.kind === 'lost'
      ? // The provider asks again where no answer came: four times in all.
        { ...where, kind: 'lost', skip: 0, count: 4 }
      : { ...where, kind: 'status', status: 409, code: 'RegionFull', message, skip: 0, count: 1 },
  ]);
  const first = upEnvironment({ ...args, config });
  await expect(first).rejects.toMatchObject({
    code: 'ENVIRONMENT_FAILED',
    ...(one.failure.kind === 'refused' && {
      message: expect.stringContaining(`Code="RegionFull" Message="${message}"`) as string,
    }),
  });
  const { changes, outputs } = await upEnvironment(args);
  expect(changes.same).toBeGreaterThan(0);
  expect(changes.create).toBeGreaterThan(0);
  await learnSecrets(environment, outputs);
  return outputs;
}

/** Comes up where nothing is, or where nothing is left but deleted vaults. */
export async function comeUpFromNothing(
  environment: TestedEnvironment,
): Promise<Record<string, unknown>> {
  const { args, config, one } = environment;
  const { changes, outputs } = await upEnvironment({ ...args, config });
  expect(Object.keys(changes)).toEqual(['create']);
  expect(outputs).toMatchObject({
    stack: one.stackName,
    storageAuth: one.storageAuth,
    keyVaultAccess: one.keyVaultAccess,
    secretsDelivery: one.secretsDelivery,
  });
  await learnSecrets(environment, outputs);
  return outputs;
}

/** Its vault gets secrets, and its account's keys are read: from here on they must stand nowhere. */
async function learnSecrets(
  { bench }: TestedEnvironment,
  outputs: Record<string, unknown>,
): Promise<void> {
  await learnAccountKeys(bench, String(outputs['storageAccountId']));
  const names = ['trading-api-key', 'storage--connection-string', 'identity--client-secret'];
  await writeSecrets(bench, String(outputs['keyVaultName']), names);
}
