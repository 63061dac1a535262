import type { Settings } from '../settings/settings.ts';

/** For how many days a deleted blob or container can be brought back. */
export function undeleteDays(settings: Settings): number {
  if (settings.stack.kind === 'prod') return 30;
  return settings.stack.kind === 'preview' ? 1 : 7;
}

/**
 * What age alone decides: the archives of old runs are removed; old packages move to a cheaper tier,
 * for age does not tell which of them is live, or the one to go back to. What was replaced or deleted
 * stays as a version for a while. The ledger, models and data, which a replay would need, have no rule.
 */
export function lifecycleRules(settings: Settings) {
  const { runRetentionDays, packageRetentionDays } = settings;
  return [
    rule({
      name: 'old-runs',
      prefix: 'runs/',
      blobTypes: ['blockBlob', 'appendBlob'],
      actions: {
        baseBlob: { delete: { daysAfterModificationGreaterThan: runRetentionDays } },
        version: { delete: { daysAfterCreationGreaterThan: runRetentionDays } },
      },
    }),
    rule({
      name: 'old-packages',
      prefix: 'packages/',
      // The release log is an append blob: only block blobs have a tier.
      blobTypes: ['blockBlob'],
      actions: {
        baseBlob: { tierToCool: { daysAfterModificationGreaterThan: packageRetentionDays } },
        version: { delete: { daysAfterCreationGreaterThan: packageRetentionDays } },
      },
    }),
    rule({
      name: 'replaced-packages',
      prefix: 'app-package/',
      blobTypes: ['blockBlob'],
      actions: { version: { delete: { daysAfterCreationGreaterThan: packageRetentionDays } } },
    }),
  ];
}

interface LifecycleActions {
  baseBlob?: Record<string, { daysAfterModificationGreaterThan: number }>;
  version: { delete: { daysAfterCreationGreaterThan: number } };
}

function rule(args: {
  name: string;
  prefix: string;
  blobTypes: string[];
  actions: LifecycleActions;
}) {
  const { name, prefix, blobTypes, actions } = args;
  const filters = { blobTypes, prefixMatch: [prefix] };
  return { name, type: 'Lifecycle', enabled: true, definition: { actions, filters } };
}
