import { expect } from 'vitest';
import { below } from '../bench/inventory.ts';
import type { Bench } from '../bench/open-bench.ts';

/**
 * Neither of two environments has a name in common with the other, or names anything of it: no
 * group, account, vault or identity.
 */
export function shareNothing(
  { local }: Bench,
  one: Record<string, unknown>,
  other: Record<string, unknown>,
): void {
  const own = ['resourceGroupName', 'storageAccountName', 'keyVaultName', 'appName'];
  const identity = ['identityPrincipalId', 'identityClientId'];
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const) {
    const resources = below(local, String(here['resourceGroupId']));
    expect(resources.length).toBeGreaterThan(20);
    const foreign = [...own, ...identity].map((key) => String(there[key]).toLowerCase());
    expect(foreign).not.toContain('undefined');
    const naming = resources.filter(({ text }) => foreign.some((name) => text.includes(name)));
    expect(naming.map(({ name }) => name)).toEqual([]);
  }
}
