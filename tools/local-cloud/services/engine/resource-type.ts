import type { z } from 'zod';
import type { HttpRequest, HttpResponse } from '@mispriced/loopback-server';
import type { LongRunning, Operations } from './operations.ts';
import type { Addresses } from '../../src/addresses.ts';
import type { Resource, ResourceBody } from './resource.ts';
import type { ResourceStore } from './resource-store.ts';

/** What resources are kept, found and shown with, whatever they are of. */
export interface ArmEngineContext {
  readonly addresses: Addresses;
  readonly clock: () => Date;
  readonly subscriptionId: string;
  readonly resources: ResourceStore;
  readonly operations: Operations;
  readonly types: TypeTable;
}

/** The types of resource that a local cloud has. */
export interface TypeTable {
  /** The definition of a type, or of one named member of it. */
  find(type: string, name?: string): ResourceType | undefined;
  /** Every definition, for lists of what there is. */
  all(): readonly ResourceType[];
}

/** What a name of a type may be, and how Azure refuses another. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly code: string;
  readonly message: (name: string) => string;
}

/** What can be done to a resource by POST to a word below it. */
export type ResourceAction<Context = ArmEngineContext> = (args: {
  context: Context;
  resource: Resource;
  request: HttpRequest;
}) => Promise<HttpResponse> | HttpResponse;

/** What a type decides when a resource is created or changed. */
interface Prepared {
  readonly body: ResourceBody;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Everything the engine needs to know of one type of resource; a line left out means "as usual". */
export interface ResourceType<Body = unknown, Context = ArmEngineContext> {
  /** As Azure spells it. */
  readonly type: string;
  /** Of a type that has a definition for each name, such as `sites/config`: whose this one is. */
  readonly member?: string;
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
  refresh?(args: { context: Context; parentId: string }): Promise<void>;
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
    context: Context;
    id: string;
    name: string;
    body: Body;
    existing: Resource | undefined;
    apiVersion: string;
  }): Promise<Prepared> | Prepared;
  /** `given` is the body as it was sent, of which `prepare` may have kept less. */
  afterPut?(args: {
    context: Context;
    resource: Resource;
    given: Body;
    existing: Resource | undefined;
  }): Promise<void> | void;
  /** @throws HttpError where it may not be deleted. */
  beforeDelete?(args: { context: Context; resource: Resource }): Promise<void> | void;
  afterDelete?(args: { context: Context; resource: Resource }): Promise<void> | void;
  /** Read-only properties and other fields only Azure sets. */
  present?(args: { context: Context; resource: Resource }): {
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly properties?: Readonly<Record<string, unknown>>;
  };
  /** Properties that are never shown. */
  readonly hidden?: readonly string[];
  readonly actions?: Readonly<Record<string, ResourceAction<Context>>>;
}

/**
 * How a service defines its types: by their bodies and by what it works with, both of which are
 * forgotten afterwards. The engine hands on the one context that all services give to, in which
 * there is what this one needs.
 */
export function resourceTypes<Context extends ArmEngineContext>(): <Body>(
  type: ResourceType<Body, Context>,
) => ResourceType {
  return (type) => type as ResourceType;
}

/** Defines a type that needs nothing but the engine. */
export const defineResourceType = resourceTypes<ArmEngineContext>();
