import {
  findRoute,
  HttpError,
  type HttpRequest,
  type HttpResponse,
} from '@mispriced/loopback-server';
import type { ServiceContext } from '../../src/service.ts';
import { notSimulated } from '../../src/not-simulated.ts';
import { authenticateCaller, authorizeCaller } from './authorize-caller.ts';
import { handleAuthorizationRead } from './authorization/authorization-routes.ts';
import type { ArmContext } from './arm-context.ts';
import { handleResourceRequest } from './handle-resource-request.ts';

const operationPath =
  /^\/subscriptions\/[^/]+(?:\/providers\/.+)?\/(operationresults|operationstatuses)\/([^/]+)$/i;

/**
 * Answers as the resource manager: who asks, in which subscription, then the routes with a shape
 * of their own, then resources by their type's definition.
 *
 * @throws HttpError 501 for what is not simulated
 */
export async function handleArmRequest(args: {
  request: HttpRequest;
  context: ArmContext & Pick<ServiceContext, 'services'>;
}): Promise<HttpResponse> {
  const { context } = args;
  // Some clients join addresses with one slash too many.
  const request = { ...args.request, path: args.request.path.replace(/\/{2,}/g, '/') };
  const { tokens, addresses, permissions } = context;
  const { tenantId } = context.directory;
  const caller = await authenticateCaller({ request, tokens, addresses, tenantId });
  checkSubscription(context, request.path);
  const operation = operationPath.exec(request.path);
  if (operation !== null && request.method === 'GET') {
    const kind = operation[1]?.toLowerCase() === 'operationresults' ? 'results' : 'statuses';
    return context.operations.poll(operation[2] ?? '', `operation${kind}`);
  }
  const found = findRoute(
    context.services.flatMap(({ armRoutes = [] }) => armRoutes),
    request,
  );
  if (found !== undefined) {
    const { action } = found.route;
    if (action !== null) authorizeCaller({ permissions, caller, action, scope: request.path });
    const { parameters } = found;
    return found.route.handle({ request, parameters, context: { ...context, caller } });
  }
  const read = handleAuthorizationRead(request, context, caller);
  if (read !== undefined) return read;
  const response = await handleResourceRequest({ request, context, caller });
  if (response === undefined) throw notSimulated(`${request.method} ${request.path}`);
  return response;
}

function checkSubscription(context: ArmContext, path: string): void {
  const named = /^\/subscriptions\/([^/]+)/i.exec(path)?.[1];
  if (named === undefined || named.toLowerCase() === context.subscriptionId) return;
  throw new HttpError({
    status: 404,
    code: 'SubscriptionNotFound',
    message: `The subscription '${named}' could not be found.`,
  });
}
