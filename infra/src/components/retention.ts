import type { Settings } from '../settings/settings.ts';

/** For how many days a deleted blob or container can be brought back. */
export function undeleteDays(settings: Settings): number {
  if (settings.stack.kind === 'prod') return 30;
  return settings.stack.kind === 'preview' ? 1 : 7;
}

/**
 * What may be removed by age: the archives of old runs, packages too old to roll back to, and
 * replaced versions of both. Never the ledger, nor models and data that a replay would need.
 */
export function lifecycleRules(settings: Settings) {
  return [
    rule('old-runs', 'runs/', settings.runRetentionDays),
    rule('old-packages', 'packages/', settings.packageRetentionDays),
    rule('replaced-packages', 'app-package/', settings.packageRetentionDays),
  ];
}

function rule(name: string, prefix: string, days: number) {
  const baseBlob = { delete: { daysAfterModificationGreaterThan: days } };
  const version = { delete: { daysAfterCreationGreaterThan: days } };
  return {
    name,
    type: 'Lifecycle',
    enabled: true,
    definition: {
      // The package that runs is as old as the last deployment, so only what it replaced goes.
      actions: name === 'replaced-packages' ? { version } : { baseBlob, version },
      filters: { blobTypes: ['blockBlob', 'appendBlob'], prefixMatch: [prefix] },
    },
  };
}
