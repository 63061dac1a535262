import { containers } from '@mispriced/core/stores/object-store';

/** The containers of the strategy's own data; docs and tools know them by these names. */
export const dataContainers: readonly string[] = Object.values(containers);

/** Where the platform keeps the one package that runs; every deployment overwrites it. */
export const deploymentContainer = 'app-package';
