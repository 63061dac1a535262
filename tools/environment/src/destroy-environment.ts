import { ArmClient, purgeVault } from '@mispriced/azure';
import { MispricedError } from '@mispriced/core';
import type { Deployment } from '@pulumi/pulumi/automation/workspace.js';
import { type EnvironmentArgs, findStack, type OpenStack } from './open-stack.ts';
import { pulumiCommandLine } from './pulumi-command-line.ts';
import { removeRecord } from './remove-record.ts';
import { runEngine } from './run-engine.ts';

/** What is left of an environment: names of vaults that soft delete keeps for a while. */
export interface DestroyResult {
  softDeletedVaults: string[];
}

/**
 * Takes an environment away. Of a preview nothing is left, its vault and its stack included; of any
 * other the vault's name stays taken until soft delete ends. What is protected is not touched.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED while anything in it is protected.
 */
export async function destroyEnvironment(args: EnvironmentArgs): Promise<DestroyResult> {
  const open = await findStack(args);
  const deployment = await open.stack.exportStack();
  refuseProtected(open, deployment);
  const vaults = resourcesOf(deployment).filter(
    ({ type }) => type === 'azure-native:keyvault:Vault',
  );
  await runEngine({
    what: `Destroying ${open.name.name}`,
    report: args.report,
    run: (hooks) => open.stack.destroy({ ...hooks, showSecrets: false }),
  });
  if (open.name.kind !== 'preview') {
    return { softDeletedVaults: vaults.map(({ id }) => id.split('/').at(-1) ?? '') };
  }
  for (const vault of vaults) {
    args.report?.(`purge ${vault.id.split('/').at(-1) ?? ''}`);
    await purgeVault(new ArmClient(await args.cloud.connection()), vault);
  }
  await removeRecord(open, { force: false });
  return { softDeletedVaults: [] };
}

interface StateResource {
  type: string;
  id: string;
  urn: string;
  location: string;
  isProtected: boolean;
}

function refuseProtected(open: OpenStack, deployment: Deployment): void {
  const { name } = open;
  const kept = resourcesOf(deployment).filter(({ isProtected }) => isProtected);
  if (kept.length === 0) return;
  throw new MispricedError({
    code: 'ENVIRONMENT_REFUSED',
    message: `${name.name} keeps what cannot be made again (its ledger, models and secrets): ${kept.length} of its resources are protected.`,
    fix: `If all of it may go, lift the protection, then destroy again: ${pulumiCommandLine(open, 'state', 'unprotect', '--all', '--yes')}`,
  });
}

function resourcesOf(deployment: Deployment): StateResource[] {
  const { resources } =
    (deployment.deployment as { resources?: Record<string, unknown>[] } | undefined) ?? {};
  return (resources ?? []).map((one) => ({
    type: text(one['type']),
    id: text(one['id']),
    urn: text(one['urn']),
    location: text((one['outputs'] as Record<string, unknown> | undefined)?.['location']),
    isProtected: one['protect'] === true,
  }));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
