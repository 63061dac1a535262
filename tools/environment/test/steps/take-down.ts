import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { destroyEnvironment } from '../../src/index.ts';
import { added, inventory } from '../bench/inventory.ts';
import type { TestedEnvironment } from '../bench/tested-environment.ts';

const run = promisify(execFile);

/** A preview's end leaves nothing at all: no resource, no identity, no vault to bring back. */
export async function leaveNothing(
  { args, bench }: TestedEnvironment,
  before: readonly string[],
): Promise<void> {
  expect(await destroyEnvironment(args)).toEqual({ softDeletedVaults: [] });
  expect(added(before, inventory(bench.local))).toEqual([]);
}

/** Any other's end leaves its soft-deleted vault alone. */
export async function leaveDeletedVault(
  { args, bench }: TestedEnvironment,
  before: readonly string[],
  outputs: Record<string, unknown>,
): Promise<void> {
  const name = String(outputs['keyVaultName']);
  expect(await destroyEnvironment(args)).toEqual({ softDeletedVaults: [name] });
  const left = added(before, inventory(bench.local));
  expect(left).toEqual([expect.stringMatching(new RegExp(`/deletedvaults/${name}$`)) as string]);
}

/**
 * What is protected is not destroyed, and the refusal says how its protection is lifted.
 *
 * @returns The command that lifts it.
 */
export async function refuseToGo({ args, bench }: TestedEnvironment): Promise<string> {
  const before = inventory(bench.local);
  const refusal = await destroyEnvironment(args).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    code: 'ENVIRONMENT_REFUSED',
    message: expect.stringContaining('prod keeps what cannot be made again') as string,
  });
  expect(inventory(bench.local)).toEqual(before);
  const { fix } = refusal as { fix: string };
  const [, command] = /, then destroy again: (.+ state unprotect .+)$/.exec(fix) ?? [];
  expect(command).toBeDefined();
  return command ?? '';
}

/** Lifts the protection by the command that the refusal names, typed as it stands. */
export async function unprotect(
  { bench, projectFolder }: TestedEnvironment,
  command: string,
): Promise<void> {
  await run('sh', ['-c', command], {
    env: {
      PATH: process.env['PATH'],
      HOME: projectFolder,
      PULUMI_CONFIG_PASSPHRASE: bench.passphrase,
      PULUMI_SKIP_UPDATE_CHECK: 'true',
    },
  });
}
