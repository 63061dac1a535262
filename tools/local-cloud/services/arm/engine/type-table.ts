import type { ResourceType } from './resource-type.ts';

const table = new Map<string, ResourceType>();

/**
 * Types are known by name, as in a path; those whose members differ by name (`sites/config/web`,
 * `sites/config/appsettings`) by both. Registered once, when the resource manager is put together.
 */
export function registerTypes(types: readonly ResourceType[]): void {
  for (const type of types) table.set(type.type.toLowerCase(), type);
}

/** A type that has a definition for each name, such as `Microsoft.Web/sites/config`. */
export function registerNamedTypes(types: Readonly<Record<string, ResourceType>>): void {
  for (const [path, type] of Object.entries(types)) table.set(path.toLowerCase(), type);
}

/** The definition of a type, or of one named member of it. */
export function findType(type: string, name?: string): ResourceType | undefined {
  const named = name === undefined ? undefined : table.get(`${type}/${name}`.toLowerCase());
  return named ?? table.get(type.toLowerCase());
}

/** Every definition, for lists of what there is. */
export function allTypes(): readonly ResourceType[] {
  return [...table.values()];
}
