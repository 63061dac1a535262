import type { TypeSpec } from './type-spec.ts';
import { accessTypes } from './types/access.ts';
import { managementTypes } from './types/management.ts';
import { storageTypes } from './types/storage.ts';
import { webTypes } from './types/web.ts';

const table = new Map(
  [...accessTypes, ...managementTypes, ...storageTypes, ...webTypes].map((spec) => [
    `azure-native:${spec.token}`,
    spec,
  ]),
);

/**
 * How a resource type is sent to the resource manager.
 *
 * @throws Error that names the type where this provider does not know it.
 */
export function typeSpec(type: string): TypeSpec {
  const spec = table.get(type);
  if (spec !== undefined) return spec;
  throw new Error(
    `${type} is not served by the local stand-in for azure-native: describe it in provider/types.`,
  );
}

/** Every type that is served. */
export const servedTypes: readonly string[] = [...table.keys()];
