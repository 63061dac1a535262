import type { DeclaredResource } from '@mispriced/environment';
import { changedPaths } from '@mispriced/azure';
import type { PreviewData } from '../preview-data.ts';

/** What one declaration has otherwise than another. */
export function compareDeclared(
  here: readonly DeclaredResource[],
  base: readonly DeclaredResource[],
): NonNullable<PreviewData['changes']> {
  const keyOf = ({ type, name }: DeclaredResource) => `${type} ${name}`;
  const before = new Map(base.map((each) => [keyOf(each), each]));
  const after = new Set(here.map(keyOf));
  return [
    ...here.flatMap((each) => {
      const { type, name, props } = each;
      const known = before.get(keyOf(each));
      if (known === undefined) return [{ operation: 'create', type, name, properties: [] }];
      const properties = changedPaths(known.props, props);
      return properties.length === 0 ? [] : [{ operation: 'update', type, name, properties }];
    }),
    ...base
      .filter((each) => !after.has(keyOf(each)))
      .map(({ type, name }) => ({ operation: 'delete', type, name, properties: [] })),
  ];
}
