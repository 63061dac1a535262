import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { StateFolder } from '../../src/state/state-folder.ts';

/** Somebody a token can be for, or that can be granted something. */
export interface Principal {
  readonly objectId: string;
  readonly kind: 'servicePrincipal' | 'managedIdentity' | 'group';
  readonly displayName: string;
  /** The client id; a group has none. */
  readonly appId?: string;
  /** For a managed identity, the resource it belongs to. */
  readonly resourceId?: string;
  /** Object ids of the groups it is in. */
  readonly memberOf: readonly string[];
  readonly secrets: readonly { readonly sha256: string; readonly endsAt: string }[];
}

/** The tenant: who there is, and which secrets let in whom. */
export interface Directory {
  readonly tenantId: string;
  find(objectId: string): Principal | undefined;
  findByAppId(appId: string): Principal | undefined;
  all(): readonly Principal[];
  add(principal: Principal): void;
  remove(objectId: string): void;
  /** The ids under which something may have been granted: its own and its groups'. */
  grantees(objectId: string): readonly string[];
}

interface Stored {
  tenantId: string;
  principals: Principal[];
}

/** Opens the tenant kept in the state folder. */
export function openDirectory(state: StateFolder): Directory {
  const document = state.document<Stored>('directory', () => ({
    tenantId: randomUUID(),
    principals: [],
  }));
  const { tenantId } = document.value;
  document.save();
  const find = (objectId: string): Principal | undefined =>
    document.value.principals.find((each) => each.objectId === objectId.toLowerCase());
  return {
    tenantId,
    find,
    findByAppId: (appId) =>
      document.value.principals.find((each) => each.appId === appId.toLowerCase()),
    all: () => document.value.principals,
    add: (principal) => {
      document.value.principals = [
        ...document.value.principals.filter((each) => each.objectId !== principal.objectId),
        principal,
      ];
      document.save();
    },
    remove: (objectId) => {
      document.value.principals = document.value.principals.filter(
        (each) => each.objectId !== objectId,
      );
      document.save();
    },
    grantees: (objectId) => [objectId, ...(find(objectId)?.memberOf ?? [])],
  };
}

/** A service principal with one secret; the secret is kept as its hash only, as Entra does. */
export function makeServicePrincipal(args: {
  displayName: string;
  now: Date;
  memberOf?: readonly string[] | undefined;
  lifetimeDays?: number | undefined;
}): { principal: Principal; clientSecret: string } {
  const clientSecret = randomBytes(30).toString('base64url');
  const endsAt = new Date(args.now.getTime() + (args.lifetimeDays ?? 365) * 86_400_000);
  return {
    clientSecret,
    principal: {
      objectId: randomUUID(),
      kind: 'servicePrincipal',
      displayName: args.displayName,
      appId: randomUUID(),
      memberOf: args.memberOf ?? [],
      secrets: [{ sha256: hashSecret(clientSecret), endsAt: endsAt.toISOString() }],
    },
  };
}

/** A group to which things can be granted; empty until a principal names it under `memberOf`. */
export function makeGroup(displayName: string): Principal {
  return { objectId: randomUUID(), kind: 'group', displayName, memberOf: [], secrets: [] };
}

/** What is kept of a client secret. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
