import type { ConfigValues } from '@mispriced/config';
import type { ContainerNames, containers } from '@mispriced/core';

/** What each container is called by the configuration: every one of them has a setting. */
export function containerNamesOf(storage: ConfigValues['storage']): ContainerNames {
  return {
    packages: storage.packagesContainer,
    models: storage.modelsContainer,
    data: storage.dataContainer,
    ledger: storage.ledgerContainer,
    control: storage.controlContainer,
    runs: storage.runsContainer,
  } satisfies Record<keyof typeof containers, string>;
}
