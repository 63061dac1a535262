import type { IncomingMessage, ServerResponse } from 'node:http';
import { armRoutes } from '../services/arm/arm-types.ts';
import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import { handleArmRequest } from '../services/arm/handle-arm-request.ts';
import { issueManagedIdentityToken } from '../services/identity/managed-identity-route.ts';
import { identityRoutes } from '../services/identity/routes.ts';
import { showKey } from '../services/key-vault/show-key.ts';
import { handleVaultRequest } from '../services/key-vault/routes.ts';
import { vaultLookup } from '../services/key-vault/vault-view.ts';
import { byHost } from '../services/storage/parse-storage-request.ts';
import { recordRequest } from './record-request.ts';
import { serveSite } from './serve-site.ts';
import { parseHostname } from './addresses.ts';
import {
  answer,
  errorResponse,
  findRoute,
  HttpError,
  type HttpRequest,
  type HttpResponse,
  readRequest,
  target,
  writeResponse,
} from '@mispriced/loopback-server';
import { notSimulated } from './not-simulated.ts';
import { controlRoutes, healthRoute } from './control/control-routes.ts';
import { checkControlToken } from './control/control-token.ts';
import type { FaultService } from './control/fault-plan.ts';
import { meetFault } from './control/meet-fault.ts';
import type { DispatchContext } from './dispatch-context.ts';

/** Answers one request to the main port, by the host it names and then by its path. */
export async function dispatch(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  context: DispatchContext,
): Promise<void> {
  const { hostname, path } = target(incoming);
  const host = parseHostname(hostname);
  if (host?.kind === 'blob' || host?.kind === 'queue' || host?.kind === 'table') {
    const place = { service: host.kind, account: host.name, path };
    await context.serveStorage(byHost({ ...place, incoming, outgoing }));
    return;
  }
  if (host?.kind === 'azurewebsites') {
    await serveSite({ incoming, outgoing, name: host.name, path, context });
    return;
  }
  await serveWhole({
    incoming,
    outgoing,
    context,
    route: (request) => route(request, host, context),
  });
}

/** Answers at the port of managed identities, which knows nothing else. */
export async function dispatchIdentity(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  context: DispatchContext,
): Promise<void> {
  const found = (request: HttpRequest): Found => {
    if (request.method !== 'GET' || request.path !== '/msi/token') {
      throw notSimulated(`${request.method} ${request.path} at the port of managed identities`);
    }
    return {
      service: 'identity',
      answer: () => issueManagedIdentityToken(request, context.cloud),
    };
  };
  await serveWhole({ incoming, outgoing, context, route: found });
}

/** Reads a request, asks the fault plan and whoever it is for, and notes both sides. */
async function serveWhole(args: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  context: DispatchContext;
  route: (request: HttpRequest) => Found;
}): Promise<void> {
  const { context, outgoing } = args;
  let service: Service = 'resource-manager';
  let request: HttpRequest | undefined;
  let response: HttpResponse;
  let isLost = false;
  try {
    request = await readRequest(args.incoming);
    const found = args.route(request);
    service = found.service;
    let work = found.answer;
    if (found.service !== 'control' && found.service !== 'joined') {
      const { faults } = context.control;
      const { method, path } = request;
      const met = await meetFault({ faults, service: found.service, method, path });
      if (met.refusal !== null) throw met.refusal;
      isLost = met.isLost;
      const { failedOperation } = met;
      if (failedOperation !== null) {
        const apiVersion = request.query.get('api-version') ?? '';
        work = () => acceptAndFail({ cloud: context.cloud, apiVersion, failure: failedOperation });
      }
    }
    response = await work();
  } catch (error) {
    if (!(error instanceof HttpError)) context.log(`defect: ${String(error)}`);
    response = errorResponse(error);
  }
  if (request !== undefined && service !== 'control') {
    record({ context, service, request, response });
  }
  if (isLost) outgoing.destroy();
  else writeResponse(outgoing, response);
}

/** Takes a change on as Azure does, and does nothing of it. */
function acceptAndFail(args: {
  cloud: ArmContext;
  apiVersion: string;
  failure: { code: string; message: string };
}): HttpResponse {
  const { cloud, apiVersion, failure } = args;
  const base = `/subscriptions/${cloud.subscriptionId}`;
  return answer(202, undefined, cloud.operations.startFailing({ base, apiVersion, failure }));
}

type Service = FaultService | 'control' | 'joined';

interface Found {
  readonly service: Service;
  readonly answer: () => Promise<HttpResponse> | HttpResponse;
}

function route(
  request: HttpRequest,
  host: ReturnType<typeof parseHostname>,
  context: DispatchContext,
): Found {
  const { cloud, control } = context;
  if (host?.kind === 'vault') {
    const vaults = vaultLookup(cloud.resources);
    return {
      service: 'key-vault',
      answer: () =>
        handleVaultRequest({
          request,
          vaultName: host.name,
          context: {
            ...cloud,
            vaults,
            onKey: (key) => {
              showKey(cloud, key);
            },
          },
        }),
    };
  }
  if (host !== undefined) {
    const joined = context.joined().find((each) => each.host?.kind === host.kind);
    if (joined?.host === undefined) throw notSimulated(`hosts such as ${request.hostname}`);
    const joinedHost = joined.host;
    return {
      service: host.kind === 'scm' ? 'deployment' : 'joined',
      answer: () => joinedHost.handle(request, host.name),
    };
  }
  const controlled = findRoute(controlRoutes, request);
  if (controlled !== undefined) {
    const { parameters } = controlled;
    if (controlled.route !== healthRoute) checkControlToken(request, control.token);
    return {
      service: 'control',
      answer: () => controlled.route.handle({ request, parameters, context: control }),
    };
  }
  const ofJoined = findRoute(
    context.joined().flatMap((each) => each.control ?? []),
    request,
  );
  if (ofJoined !== undefined) {
    const { parameters } = ofJoined;
    checkControlToken(request, control.token);
    return {
      service: 'control',
      answer: () => ofJoined.route.handle({ request, parameters, context: undefined }),
    };
  }
  const identity = findRoute(identityRoutes, request);
  if (identity !== undefined) {
    const { parameters } = identity;
    return {
      service: 'identity',
      answer: () => identity.route.handle({ request, parameters, context: cloud }),
    };
  }
  return {
    service: 'resource-manager',
    answer: () => handleArmRequest({ request, context: cloud, routes: armRoutes }),
  };
}

function record(args: {
  context: DispatchContext;
  service: Service;
  request: HttpRequest;
  response: HttpResponse;
}): void {
  const { context, service, request, response } = args;
  const { method, hostname, path } = request;
  const hasBody = service === 'resource-manager' && (method === 'PUT' || method === 'PATCH');
  recordRequest(context, {
    service,
    method,
    hostname,
    path,
    status: response.status,
    apiVersion: request.query.get('api-version'),
    body: hasBody ? parsed(request.body) : null,
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
