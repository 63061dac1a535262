import { pathInputs } from './path.ts';
import type { Json, TypeSpec } from './type-spec.ts';

/**
 * The body of the request that creates or updates a resource: the program's inputs with all but a
 * few of them moved into `properties`, under the names that Azure's API has for them.
 */
export function requestBody(spec: TypeSpec, inputs: Json): Json {
  const inPath = new Set([...pathInputs(spec), ...(spec.name ? [spec.name.input] : [])]);
  const body: Json = {};
  const properties: Json = {};
  for (const [key, value] of Object.entries(inputs)) {
    if (inPath.has(key) || key.startsWith('__') || value === undefined || value === null) continue;
    if (key === 'identity') body[key] = identityBody(value as Json);
    else if (spec.topLevel.includes(key)) body[key] = value;
    else if (spec.keepsProperties === true && key === 'properties') body[key] = value;
    else properties[spec.renamed?.[key] ?? key] = value;
  }
  const hasProperties = Object.keys(properties).length > 0 && spec.keepsProperties !== true;
  return hasProperties ? { ...body, properties } : body;
}

/** What a resource is known as to the program: Azure's answer with `properties` taken apart. */
export function outputsOf(spec: TypeSpec, answer: Json): Json {
  const { properties, ...rest } = answer;
  const outputs: Json = { ...rest, azureApiVersion: spec.apiVersion };
  // The engine keeps the id by itself.
  delete outputs['id'];
  if (spec.keepsProperties === true) return { ...outputs, properties: properties ?? {} };
  const sdkNames = new Map(Object.entries(spec.renamed ?? {}).map(([sdk, arm]) => [arm, sdk]));
  for (const [key, value] of Object.entries((properties ?? {}) as Json)) {
    outputs[sdkNames.get(key) ?? key] = value;
  }
  return outputs;
}

/** The SDK takes a list of identities; Azure wants a map from each to an empty object. */
function identityBody(identity: Json): Json {
  const assigned = identity['userAssignedIdentities'];
  if (!Array.isArray(assigned)) return identity;
  return {
    ...identity,
    userAssignedIdentities: Object.fromEntries(assigned.map((id) => [String(id), {}])),
  };
}
