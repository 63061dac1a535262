import { expect } from 'vitest';
import { upEnvironment } from '../../src/index.ts';
import { configOf } from '../bench/cases.ts';
import { chosenCase, type chosenModes, furtherModes } from '../bench/chosen-cases.ts';
import type { TestedEnvironment } from '../bench/tested-environment.ts';

/** Takes up each further choice of modes for its stack, by an update that makes no new environment. */
export async function changeModes(
  { args, bench, one }: TestedEnvironment,
  outputs: Record<string, unknown>,
): Promise<void> {
  const stackName = one.stackName as keyof typeof chosenModes;
  for (const modes of furtherModes[stackName]) {
    const wanted = configOf(chosenCase(stackName, modes), {
      operatorsGroupObjectId: bench.operatorsGroupObjectId,
      hybridPrincipalObjectId: bench.hybrid.objectId,
    });
    const { referencedSecrets = '', hybridPrincipalObjectId = '' } = wanted;
    const config = { ...modes, referencedSecrets, hybridPrincipalObjectId };
    const result = await upEnvironment({ ...args, config });
    const { storageAccountName, keyVaultName, appName } = outputs;
    expect(result.outputs).toMatchObject({ ...modes, storageAccountName, keyVaultName, appName });
    expect(result.changes.update).toBeGreaterThan(0);
  }
}
