import type { Settings } from '../settings/settings.ts';
import type { Role } from '../roles.ts';

/** What one principal may do with the vault's secrets, in both of the vault's ways to say it. */
export interface VaultReader<T> {
  name: 'app' | 'operators' | 'hybrid';
  principalId: T;
  principalType: 'ServicePrincipal' | 'Group';
  /** For access policies. */
  secrets: string[];
  /** For role assignments, where a role cannot be as narrow as a policy. */
  role: Role;
}

/**
 * Everyone who may touch a secret, and nobody else: the app reads, the operators write and bring
 * back what was deleted but cannot purge it, the hybrid's service principal reads what it can name.
 */
export function vaultReaders<T>(settings: Settings, appPrincipalId: T): VaultReader<T | string>[] {
  const { operatorsGroupObjectId: operators, hybridPrincipalObjectId: hybrid } = settings;
  const readers: VaultReader<T | string>[] = [
    {
      name: 'app',
      principalId: appPrincipalId,
      principalType: 'ServicePrincipal',
      secrets: ['get', 'list'],
      role: 'keyVaultSecretsUser',
    },
  ];
  if (operators !== null) {
    readers.push({
      name: 'operators',
      principalId: operators,
      principalType: 'Group',
      secrets: ['get', 'list', 'set', 'delete', 'recover'],
      role: 'keyVaultSecretsOfficer',
    });
  }
  if (hybrid !== null) {
    readers.push({
      name: 'hybrid',
      principalId: hybrid,
      principalType: 'ServicePrincipal',
      secrets: ['get'],
      role: 'keyVaultSecretsUser',
    });
  }
  return readers;
}
