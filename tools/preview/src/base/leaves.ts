/** Every value that a document holds, in JSON, under the path that leads to it. */
export function leaves(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return [[name, JSON.stringify(value)]];
  const separator = name.endsWith(' ') ? '' : '.';
  return Object.entries(value).flatMap(([key, each]) => leaves(each, name + separator + key));
}
