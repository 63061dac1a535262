import type { ServiceContext } from '../../src/service.ts';
import type { SignIn } from '../identity/sign-in.ts';
import type { ArmContext } from './arm-context.ts';
import { handleArmRequest } from './handle-arm-request.ts';
import { errorResponse, type HttpRequest } from '@mispriced/loopback-server';

/**
 * Asks the resource manager something without going through the network: for tests and tools that
 * set an environment up. A long-running operation's result is what it will be, at once.
 */
export async function requestAsAdministrator(args: {
  cloud: ArmContext & Pick<ServiceContext, 'services'>;
  administrator: SignIn;
  method: string;
  /** With the query: `/subscriptions/...?api-version=...`. */
  path: string;
  body: unknown;
}): Promise<{ status: number; body: unknown }> {
  const { cloud } = args;
  const principal = cloud.directory.find(args.administrator.objectId);
  if (principal === undefined) throw new Error('The administrator is gone from the directory.');
  const { token } = await cloud.tokens.issue(principal, cloud.addresses.origin);
  const url = new URL(args.path, cloud.addresses.origin);
  const request: HttpRequest = {
    method: args.method,
    hostname: 'localhost',
    path: url.pathname,
    query: url.searchParams,
    headers: { authorization: `Bearer ${token}` },
    body: Buffer.from(args.body === undefined ? '' : JSON.stringify(args.body)),
  };
  const response = await handleArmRequest({ request, context: cloud }).catch(errorResponse);
  if (response.status === 202 && args.method === 'PUT') {
    return requestAsAdministrator({ ...args, method: 'GET', body: undefined });
  }
  return { status: response.status, body: response.body };
}
