import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { armRoutes } from '../services/arm/arm-types.ts';
import type { ArmContext } from '../services/arm/engine/arm-context.ts';
import { handleArmRequest } from '../services/arm/handle-arm-request.ts';
import { identityRoutes } from '../services/identity/routes.ts';
import { showKey } from '../services/key-vault/show-key.ts';
import { handleVaultRequest } from '../services/key-vault/routes.ts';
import { vaultLookup } from '../services/key-vault/vault-view.ts';
import { byHost } from '../services/storage/parse-storage-request.ts';
import type { StorageRequest } from '../services/storage/storage-front.ts';
import { serveSite } from './serve-site.ts';
import { parseHostname } from './addresses.ts';
import { CloudError, notSimulated } from './cloud-error.ts';
import { type ControlContext, controlRoutes } from './control/control-routes.ts';
import { type FaultService, faultError } from './control/fault-plan.ts';
import type { CloudRequest } from './http/cloud-request.ts';
import type { CloudResponse } from './http/cloud-response.ts';
import { readRequest, target } from './http/read-request.ts';
import { findRoute } from './http/route.ts';
import { errorResponse, writeResponse } from './http/write-response.ts';
import type { RunningCloudService } from './services/cloud-service.ts';

/** What requests are dispatched with. */
export interface DispatchContext {
  readonly cloud: ArmContext;
  readonly control: ControlContext;
  readonly joined: () => readonly RunningCloudService[];
  readonly serveStorage: (request: StorageRequest) => Promise<void>;
  readonly log: (line: string) => void;
}

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
  let service: FaultService | 'control' | 'joined' = 'resource-manager';
  let request: CloudRequest | undefined;
  let response: CloudResponse;
  let isLost = false;
  try {
    request = await readRequest(incoming);
    const found = route(request, host, context);
    service = found.service;
    if (found.service !== 'control' && found.service !== 'joined') {
      const asked = { service: found.service, method: request.method, path: request.path };
      const fault = context.control.faults.take(asked);
      if (fault?.kind === 'status') throw faultError(fault);
      if (fault?.kind === 'slow') await wait(fault.milliseconds);
      isLost = fault?.kind === 'lost';
    }
    response = await found.answer();
  } catch (error) {
    if (!(error instanceof CloudError)) context.log(`defect: ${String(error)}`);
    response = errorResponse(error);
  }
  if (request !== undefined && service !== 'control')
    record({ context, service, request, response });
  if (isLost) outgoing.destroy();
  else writeResponse(outgoing, response);
}

type Service = FaultService | 'control' | 'joined';

function route(
  request: CloudRequest,
  host: ReturnType<typeof parseHostname>,
  context: DispatchContext,
): { service: Service; answer: () => Promise<CloudResponse> | CloudResponse } {
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
  request: CloudRequest;
  response: CloudResponse;
}): void {
  const { context, service, request, response } = args;
  const { method, hostname, path } = request;
  context.log(`${service} ${method} ${hostname}${path} ${response.status}`);
  const hasBody = service === 'resource-manager' && (method === 'PUT' || method === 'PATCH');
  context.control.requests.add({
    ...{ service, method, hostname, path },
    apiVersion: request.query.get('api-version'),
    status: response.status,
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
