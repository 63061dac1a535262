import { type Directory, makeGroup, makeServicePrincipal } from './directory.ts';

/** A service principal that can sign in here. */
export interface SignIn {
  readonly objectId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Makes a service principal known to the directory. */
export function addServicePrincipal(
  directory: Directory,
  args: Parameters<typeof makeServicePrincipal>[0],
): SignIn {
  const { principal, clientSecret } = makeServicePrincipal(args);
  directory.add(principal);
  return { objectId: principal.objectId, clientId: principal.appId ?? '', clientSecret };
}

/** Makes a group known to the directory. @returns Its object id. */
export function addGroup(directory: Directory, displayName: string): string {
  const group = makeGroup(displayName);
  directory.add(group);
  return group.objectId;
}
