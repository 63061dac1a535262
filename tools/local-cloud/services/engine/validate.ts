import type { ResourceBody } from './resource.ts';
import type { ResourceType } from './resource-type.ts';
import { badRequest } from './errors.ts';

/**
 * Holds a body against its type: what only Azure sets, what Azure does not have, what is missing
 * and what cannot be, all at once.
 *
 * @throws HttpError 400
 */
export function validateBody(type: ResourceType, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest(
      'The request content was invalid: the body must be a JSON object.',
      'InvalidRequestContent',
    );
  }
  const readOnly = type.readOnly.filter((path) => valueAt(body as ResourceBody, path));
  const problems = readOnly.map((path) => `'${path}' is read-only and cannot be set`);
  const parsed = type.body.safeParse(body);
  if (parsed.success && problems.length === 0) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') {
      const members = issue.keys
        .map((key) => (path === '' ? key : `${path}.${key}`))
        .filter((each) => !readOnly.includes(each));
      for (const each of members) {
        problems.push(`Could not find member '${each}' on object of type '${type.type}'`);
      }
    } else {
      problems.push(`'${path === '' ? 'body' : path}': ${issue.message}`);
    }
  }
  if (problems.length === 0) return parsed.data;
  throw badRequest(
    `The request content was invalid and could not be deserialized: ${problems.join('; ')}.`,
    'InvalidRequestContent',
  );
}

function valueAt(body: ResourceBody, path: string): boolean {
  let value: unknown = body;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<string, unknown>)[part];
  }
  return value !== undefined && value !== null;
}
