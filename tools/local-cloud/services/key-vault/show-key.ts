import type { ArmEngineContext } from '../engine/resource-type.ts';

/** Shows the resource manager a key that is in the vault, and that it did not make itself. */
export function showKey(
  context: Pick<ArmEngineContext, 'resources' | 'clock'>,
  key: { readonly vaultId: string; readonly name: string },
): void {
  const id = `${key.vaultId}/keys/${key.name}`;
  if (context.resources.find(id) !== undefined) return;
  const now = context.clock().toISOString();
  context.resources.put({
    id,
    type: 'Microsoft.KeyVault/vaults/keys',
    name: key.name,
    body: { properties: {} },
    facts: {},
    createdAt: now,
    changedAt: now,
  });
}
