import type { IncomingMessage, ServerResponse } from 'node:http';
import { findRoute, type HttpRequest, type Route, target } from '@mispriced/loopback-server';
import { type HostKind, parseHostname } from './addresses.ts';
import { controlRoutes, healthRoute } from './control/control-routes.ts';
import { checkControlToken } from './control/control-token.ts';
import type { DispatchContext } from './dispatch-context.ts';
import { notSimulated } from './not-simulated.ts';
import { serveStreamed } from './serve-streamed.ts';
import { type Found, serveWhole } from './serve-whole.ts';
import type { ServiceHost, StreamedHost } from './service.ts';

/** Answers one request to the main port, by the host it names and then by its path. */
export async function dispatch(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  context: DispatchContext,
): Promise<void> {
  const { hostname, path, search } = target(incoming);
  const named = parseHostname(hostname);
  const host = named && hostOf(context, named.kind);
  if (named !== undefined && isStreamed(host)) {
    const method = incoming.method ?? 'GET';
    const place = { name: named.name, method, path, wholePath: path, search };
    await serveStreamed(host, { ...place, incoming, outgoing }, context);
    return;
  }
  const route = (request: HttpRequest): Found => {
    if (named === undefined) return ownRoute(request, context);
    if (host === undefined || isStreamed(host)) {
      throw notSimulated(`hosts such as ${request.hostname}`);
    }
    return { service: host.faults, answer: () => host.handle(request, named.name) };
  };
  await serveWhole({ incoming, outgoing, context, route });
}

/** Answers at the port of managed identities, which knows nothing else. */
export async function dispatchIdentity(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  context: DispatchContext,
): Promise<void> {
  const route = (request: HttpRequest): Found => {
    const found = serviceRoute(request, context, 'identityPort');
    if (found !== undefined) return found;
    throw notSimulated(`${request.method} ${request.path} at the port of managed identities`);
  };
  await serveWhole({ incoming, outgoing, context, route });
}

/** Answers at the port of a kind of host, where the name of the host begins the path. */
export async function dispatchByPath(
  kind: HostKind,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  context: DispatchContext,
): Promise<void> {
  const host = hostOf(context, kind);
  const [wholePath = '/', query] = (incoming.url ?? '/').split(/\?(.*)/s);
  const [name = '', ...rest] = wholePath.slice(1).split('/');
  if (!isStreamed(host)) {
    outgoing.destroy();
    return;
  }
  const place = {
    name: decodeURIComponent(name),
    method: incoming.method ?? 'GET',
    path: `/${rest.join('/')}`,
    wholePath,
    search: query === undefined || query === '' ? '' : `?${query}`,
  };
  await serveStreamed(host, { ...place, incoming, outgoing }, context);
}

function hostOf(context: DispatchContext, kind: HostKind): ServiceHost | undefined {
  return context.services.flatMap(({ hosts = [] }) => hosts).find((each) => each.kind === kind);
}

function isStreamed(host: ServiceHost | undefined): host is StreamedHost {
  return host !== undefined && 'stream' in host;
}

/** What a request to the local cloud's own host name is for. */
function ownRoute(request: HttpRequest, context: DispatchContext): Found {
  const { control, services } = context;
  const controlled = findRoute(controlRoutes, request);
  if (controlled !== undefined) {
    const { route, parameters } = controlled;
    if (route !== healthRoute) checkControlToken(request, control.token);
    const answer = () => route.handle({ request, parameters, context: control });
    return { service: 'control', answer };
  }
  const ofServices = services.flatMap((each) => each.control ?? []);
  const ofService = answered(ofServices, request);
  if (ofService !== undefined) {
    checkControlToken(request, control.token);
    return { service: 'control', answer: ofService };
  }
  const found = serviceRoute(request, context, 'main');
  if (found !== undefined) return found;
  const rest = services.find((each) => each.rest !== undefined)?.rest;
  if (rest === undefined) throw notSimulated(`${request.method} ${request.path}`);
  return {
    service: rest.faults,
    answer: () => rest.handle(request),
    acceptAndFail: (failure) => rest.acceptAndFail(request, failure),
  };
}

function serviceRoute(
  request: HttpRequest,
  context: DispatchContext,
  port: 'main' | 'identityPort',
): Found | undefined {
  for (const { routes } of context.services) {
    const answer = routes && answered(routes[port], request);
    if (routes !== undefined && answer !== undefined) return { service: routes.faults, answer };
  }
  return undefined;
}

function answered(routes: readonly Route[], request: HttpRequest): Found['answer'] | undefined {
  const found = findRoute(routes, request);
  if (found === undefined) return undefined;
  const { route, parameters } = found;
  return () => route.handle({ request, parameters, context: undefined });
}
