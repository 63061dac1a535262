import { badRequest } from '../engine/errors.ts';
import type { AccessPolicy } from './vault-type.ts';

const kinds = ['secrets', 'keys', 'certificates', 'storage'] as const;

/**
 * Adds permissions to policies, replaces policies, or takes permissions away; a policy without any
 * left is gone.
 *
 * @throws HttpError 400 for another operation
 */
export function changePolicies(args: {
  before: readonly AccessPolicy[];
  change: readonly AccessPolicy[];
  operation: string;
}): readonly AccessPolicy[] {
  const operation = args.operation.toLowerCase();
  if (operation !== 'add' && operation !== 'replace' && operation !== 'remove') {
    throw badRequest(
      `The access policy operation '${args.operation}' is not add, replace or remove.`,
    );
  }
  let policies = [...args.before];
  for (const change of args.change) {
    const current = policies.find((each) => isSame(each, change));
    const others = policies.filter((each) => each !== current);
    const next = {
      add: () => withPermissions(change, (kind) => union(current, change, kind)),
      replace: () => change,
      remove: () => withPermissions(change, (kind) => difference(current, change, kind)),
    }[operation]();
    const isEmpty = kinds.every((kind) => (next.permissions[kind] ?? []).length === 0);
    policies = isEmpty ? others : [...others, next];
  }
  return policies;
}

function isSame(one: AccessPolicy, other: AccessPolicy): boolean {
  return (
    one.objectId.toLowerCase() === other.objectId.toLowerCase() &&
    one.applicationId === other.applicationId
  );
}

function withPermissions(
  policy: AccessPolicy,
  permissions: (kind: (typeof kinds)[number]) => readonly string[],
): AccessPolicy {
  const entries = kinds.map((kind) => [kind, permissions(kind)] as const);
  return {
    ...policy,
    permissions: Object.fromEntries(entries.filter(([, each]) => each.length > 0)),
  };
}

function union(
  current: AccessPolicy | undefined,
  change: AccessPolicy,
  kind: (typeof kinds)[number],
): readonly string[] {
  const both = [...(current?.permissions[kind] ?? []), ...(change.permissions[kind] ?? [])];
  return [...new Set(both)];
}

function difference(
  current: AccessPolicy | undefined,
  change: AccessPolicy,
  kind: (typeof kinds)[number],
): readonly string[] {
  const gone: readonly string[] = change.permissions[kind] ?? [];
  return (current?.permissions[kind] ?? []).filter((each) => !gone.includes(each));
}
