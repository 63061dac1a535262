import { HttpError } from '@mispriced/loopback-server';

/** 400 with a code of the provider's own. */
export function badRequest(message: string, code = 'BadRequest'): HttpError {
  return new HttpError({ status: 400, code, message });
}

/** 409 with a code of the provider's own. */
export function conflict(message: string, code = 'Conflict'): HttpError {
  return new HttpError({ status: 409, code, message });
}

/** 404 of a resource, as the resource manager words it. */
export function resourceNotFound(args: {
  type: string;
  name: string;
  group: string | undefined;
}): HttpError {
  return new HttpError({
    status: 404,
    code: 'ResourceNotFound',
    message:
      `The Resource '${args.type}/${args.name}' under resource group '${args.group ?? '<null>'}' ` +
      'was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  });
}

/** 404 of a child whose parent is not there. */
export function parentNotFound(name: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'ParentResourceNotFound',
    message:
      'Failed to perform operation on nested resource. Can not perform requested operation on ' +
      `nested resource. Parent resource '${name}' not found.`,
  });
}

/** 404 of a resource group. */
export function groupNotFound(name: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'ResourceGroupNotFound',
    message: `Resource group '${name}' could not be found.`,
  });
}
