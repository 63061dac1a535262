import { exampleOf } from '../src/settings/examples.ts';
import { readSettings } from '../src/settings/read-settings.ts';
import type { Settings } from '../src/settings/settings.ts';

/** The stacks that are tested, one of each kind. */
export const stackNames = ['dev', 'staging', 'prod', 'pr-12', 'local'] as const;

const principals = {
  operatorsGroupObjectId: 'aaaaaaaa-0000-4000-8000-000000000001',
  hybridPrincipalObjectId: 'aaaaaaaa-0000-4000-8000-000000000002',
};

/** A day on which the cases below make sense, whenever they are run. */
const thatDay = new Date('2026-11-23T12:00:00Z');

/** Settings as a user would write them, read by the real reader; throws where it refuses them. */
export function settingsOf(
  stackName: string,
  extra: Record<string, string> = {},
  now: Date = thatDay,
): Settings {
  const config: Record<string, string> = {
    location: 'westeurope',
    owner: 'quant@example.com',
    ...(stackName.startsWith('pr-') && {
      expiry: exampleOf('expiry', now),
      runSlot: '2026-11-23T10:00:00Z',
    }),
    ...extra,
  };
  const result = readSettings({ stackName, config, commit: 'b095c8f', now });
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.settings;
}

/**
 * Every stack kind with its modes, chosen so that each pair of (kind, storage), (kind, vault), (kind,
 * delivery), (storage, vault), (storage, delivery) and (vault, delivery) comes at least once.
 */
export const pairwiseCases: { stackName: string; config: Record<string, string> }[] = [];
const deliveries = ['code', 'reference', 'hybrid'] as const;
for (const [row, stackName] of stackNames.entries()) {
  for (const [column, secretsDelivery] of deliveries.entries()) {
    const bit = row + column;
    pairwiseCases.push({
      stackName,
      config: {
        storageAuth: bit % 2 === 0 ? 'identity' : 'key',
        keyVaultAccess: (row + (column === 2 ? 1 : 0)) % 2 === 0 ? 'policies' : 'rbac',
        secretsDelivery,
        ...(secretsDelivery === 'reference' && { referencedSecrets: 'trading-api-key' }),
        ...(secretsDelivery === 'hybrid' && {
          hybridPrincipalObjectId: principals.hybridPrincipalObjectId,
        }),
        ...(column > 0 && { operatorsGroupObjectId: principals.operatorsGroupObjectId }),
        ...(row % 2 === 0 && {
          budgetAmount: '50',
          budgetEmails: 'quant@example.com',
          budgetStart: '2026-12-01',
        }),
      },
    });
  }
}
