import type { ResourceType, TypeTable } from './resource-type.ts';

/**
 * Types are known by name, as in a path; those whose members differ by name (`sites/config/web`,
 * `sites/config/appsettings`) by both.
 */
export function makeTypeTable(types: readonly ResourceType[]): TypeTable {
  const table = new Map(
    types.map((each) => {
      const path = each.member === undefined ? each.type : `${each.type}/${each.member}`;
      return [path.toLowerCase(), each] as const;
    }),
  );
  return {
    find: (type, name) => {
      const named = name === undefined ? undefined : table.get(`${type}/${name}`.toLowerCase());
      return named ?? table.get(type.toLowerCase());
    },
    all: () => [...table.values()],
  };
}
