import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** A refusal as the storage services word it, in XML. */
export interface StorageError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Refusals of the front; those of the data itself are Azurite's. */
export const storageErrors = {
  keyNotPermitted: {
    status: 403,
    code: 'KeyBasedAuthenticationNotPermitted',
    message: 'Key based authentication is not permitted on this storage account.',
  },
  publicAccessNotPermitted: {
    status: 409,
    code: 'PublicAccessNotPermitted',
    message: 'Public access is not permitted on this storage account.',
  },
  permissionMismatch: {
    status: 403,
    code: 'AuthorizationPermissionMismatch',
    message: 'This request is not authorized to perform this operation using this permission.',
  },
  closedToNetwork: {
    status: 403,
    code: 'AuthorizationFailure',
    message: 'This request is not authorized to perform this operation.',
  },
  badToken: {
    status: 401,
    code: 'InvalidAuthenticationInfo',
    message:
      'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
  },
  noAccount: {
    status: 404,
    code: 'ResourceNotFound',
    message: 'There is no such storage account. On Azure its host name would not resolve.',
  },
  notSimulated: {
    status: 501,
    code: 'NotImplemented',
    message: 'The local cloud does not simulate this. SUPPORT.md lists what it does.',
  },
} as const satisfies Record<string, StorageError>;

/** Sends a refusal. */
export function writeStorageError(outgoing: ServerResponse, error: StorageError): void {
  const requestId = randomUUID();
  const message = `${error.message}\nRequestId:${requestId}\nTime:${new Date().toISOString()}`;
  const body =
    '<?xml version="1.0" encoding="utf-8"?>' +
    `<Error><Code>${error.code}</Code><Message>${message}</Message></Error>`;
  outgoing.writeHead(error.status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(body),
    'x-ms-error-code': error.code,
    'x-ms-request-id': requestId,
    ...error.headers,
  });
  outgoing.end(body);
}
