import type { Json, TypeSpec } from './type-spec.ts';

/** The inputs that stand in a type's path; a change of one makes it another resource. */
export function pathInputs(spec: TypeSpec): string[] {
  return [...spec.path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'subscriptionId');
}

/** A resource's path, which is its id in Azure. Throws where an input of it is missing. */
export function resourcePath(spec: TypeSpec, inputs: Json, subscriptionId: string): string {
  return spec.path.replaceAll(/\/?\{(\w+)\}/g, (match, name: string) => {
    const value = name === 'subscriptionId' ? subscriptionId : inputs[name];
    if (typeof value !== 'string' || value === '') {
      throw new Error(`${spec.token} needs ${name}, which has no value.`);
    }
    // A scope is a path already, and begins with the slash.
    if (name === 'scope') return `/${value.replace(/^\//, '')}`;
    return `${match.startsWith('/') ? '/' : ''}${encodeURIComponent(value)}`;
  });
}
