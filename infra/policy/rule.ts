/** What a rule looks at: a resource's type, such as `azure-native:web:WebApp`, and its inputs. */
export interface CheckedResource {
  /** The stack that it is declared for, which nothing that a program says can change. */
  stack: string;
  type: string;
  props: Readonly<Record<string, unknown>>;
}

/** Something that no environment may be, whatever a program or a person asks for. */
export interface Rule {
  name: string;
  /** What is refused, and why. */
  description: string;
  /** A sentence for each violation, with the property in it and the value that would do. */
  check(resource: CheckedResource): string[];
}

/** Whether a resource is of one of the types, given without their package. */
export function isA(resource: CheckedResource, ...types: string[]): boolean {
  return types.some((type) => resource.type === `azure-native:${type}`);
}

/** A property that should be an object, as one; an empty one where it is anything else. */
export function objectAt(
  props: Readonly<Record<string, unknown>>,
  key: string,
): Record<string, unknown> {
  const value = props[key];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A property that should be a list of objects, as one; an empty one where it is anything else. */
export function objectsAt(
  props: Readonly<Record<string, unknown>>,
  key: string,
): Record<string, unknown>[] {
  const value = props[key];
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
