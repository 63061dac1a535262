import type { ArmClient } from './arm-client.ts';

/**
 * Removes for good what soft delete keeps of a vault, which frees its name. Needs
 * `Microsoft.KeyVault/locations/deletedVaults/purge/action`; a protected vault refuses it.
 */
export async function purgeVault(
  arm: ArmClient,
  vault: { readonly id: string; readonly location: string },
): Promise<void> {
  const [, , subscriptionId = ''] = vault.id.split('/');
  const name = vault.id.split('/').at(-1) ?? '';
  const place = `/subscriptions/${subscriptionId}/providers/Microsoft.KeyVault/locations/${vault.location}`;
  await arm.act(`${place}/deletedVaults/${name}/purge`, '2024-11-01', [404]);
}
