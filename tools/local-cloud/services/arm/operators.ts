import { type Directory, makeGroup } from '../identity/directory.ts';

const displayName = 'local-cloud-operators';

/**
 * The group of the people who work with the local cloud: the administrator alone. Like any group it
 * may do nothing until an environment grants it something.
 *
 * @returns The group's object id, the same at every start.
 */
export function openOperators(directory: Directory, administratorId: string): string {
  const known = directory
    .all()
    .find((each) => each.kind === 'group' && each.displayName === displayName);
  const group = known ?? makeGroup(displayName);
  if (known === undefined) directory.add(group);
  const administrator = directory.find(administratorId);
  if (administrator !== undefined && !administrator.memberOf.includes(group.objectId)) {
    directory.add({ ...administrator, memberOf: [...administrator.memberOf, group.objectId] });
  }
  return group.objectId;
}
