import type { z } from 'zod';
import type { HttpRequest, HttpResponse } from '@mispriced/loopback-server';
import type { ArmContext } from './arm-context.ts';
import type { LongRunning } from './operations.ts';
import type { Resource, ResourceBody } from './resource.ts';

/** What a name of a type may be, and how Azure refuses another. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly code: string;
  readonly message: (name: string) => string;
}

/** What can be done to a resource by POST to a word below it. */
export type ResourceAction = (args: {
  context: ArmContext;
  resource: Resource;
  request: HttpRequest;
}) => Promise<HttpResponse> | HttpResponse;

/** What a type decides when a resource is created or changed. */
interface Prepared {
  readonly body: ResourceBody;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Everything the engine needs to know of one type of resource; a line left out means "as usual". */
export interface ResourceType<Body = unknown> {
  /** As Azure spells it. */
  readonly type: string;
  readonly apiVersions: readonly string[];
  readonly name: NameRule;
  /** Strict: a property that Azure does not have is refused. */
  readonly body: z.ZodType<Body>;
  /** Dotted paths that only Azure sets; refused by name. */
  readonly readOnly: readonly string[];
  readonly methods?: readonly ('PUT' | 'PATCH' | 'GET' | 'DELETE')[];
  /** Extends any resource, group or subscription rather than standing in a group. */
  readonly extension?: boolean;
  /** There without anybody creating it, as soon as its parent is: the names it has, and what. */
  readonly implicit?: { readonly names: readonly string[]; readonly body: ResourceBody };
  /**
   * Brings what is kept below a parent in line with what is really there, for what others than the
   * resource manager make and remove as well. Asked before anything is done with such a resource.
   */
  refresh?(args: { context: ArmContext; parentId: string }): Promise<void>;
  readonly put?: LongRunning;
  readonly delete?: LongRunning;
  /** The status of a creation that is over at once: 201 unless said. */
  readonly createdStatus?: 200 | 201;
  /** How the location comes back: `displayed` is "West Europe". */
  readonly locationStyle?: 'normalized' | 'displayed';
  /** What is shown of a change beyond status: false for types without `provisioningState`. */
  readonly provisioningState?: boolean;
  /** Semantic checks and defaults. @throws HttpError */
  prepare?(args: {
    context: ArmContext;
    id: string;
    name: string;
    body: Body;
    existing: Resource | undefined;
    apiVersion: string;
  }): Promise<Prepared> | Prepared;
  /** `given` is the body as it was sent, of which `prepare` may have kept less. */
  afterPut?(args: {
    context: ArmContext;
    resource: Resource;
    given: Body;
    existing: Resource | undefined;
  }): Promise<void> | void;
  /** @throws HttpError where it may not be deleted. */
  beforeDelete?(args: { context: ArmContext; resource: Resource }): Promise<void> | void;
  afterDelete?(args: { context: ArmContext; resource: Resource }): Promise<void> | void;
  /** Read-only properties and other fields only Azure sets. */
  present?(args: { context: ArmContext; resource: Resource }): {
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly properties?: Readonly<Record<string, unknown>>;
  };
  /** Properties that are never shown. */
  readonly hidden?: readonly string[];
  readonly actions?: Readonly<Record<string, ResourceAction>>;
}

/** Types a resource type by its body while it is written, and forgets that type afterwards. */
export function defineResourceType<Body>(type: ResourceType<Body>): ResourceType {
  return type;
}
