import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpError, HttpRequest, HttpResponse, Route } from '@mispriced/loopback-server';
import type { ArmRoute } from '../services/engine/arm-route.ts';
import type { ResourceType } from '../services/engine/resource-type.ts';
import type { Addresses, HostKind } from './addresses.ts';
import type { CloudSettings } from './control/cloud-settings.ts';
import type { FaultPlan, FaultService } from './control/fault-plan.ts';
import type { StateFolder } from './state/state-folder.ts';

/** What every service is given when it opens. */
export interface ServiceContext {
  readonly addresses: Addresses;
  readonly clock: () => Date;
  readonly log: (line: string) => void;
  readonly state: StateFolder;
  /** Makes a folder that outlives the process, for what a service does not keep sealed. */
  readonly folderOf: (service: string) => string;
  /** What a client of the local cloud in this process has to believe. */
  readonly certificateFile: string;
  readonly settings: CloudSettings;
  readonly faults: Pick<FaultPlan, 'take'>;
  /** All that run in this local cloud, in the order in which they open. */
  readonly services: readonly CloudService[];
}

/**
 * A service of the local cloud: one of Azure's, or one that joins them, such as a market. Services
 * open in their order, and each finds in its context what those before it gave.
 *
 * @typeParam Context what the service needs beside what every service is given
 */
export interface CloudService<Context = object> {
  readonly name: string;
  /** The types of resource that it has in the resource manager. */
  readonly armTypes?: readonly ResourceType[];
  /** What it has there with a path of a shape of its own. */
  readonly armRoutes?: readonly ArmRoute[];
  open(context: ServiceContext & Context): Promise<OpenService> | OpenService;
}

/** A service that is open. */
export interface OpenService {
  /** What it gives to the context of all. */
  readonly context?: object;
  /** Where clients reach it, for one that listens itself. */
  readonly url?: string;
  /** What else a client needs to know of it, as variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The kinds of host that it answers for. */
  readonly hosts?: readonly ServiceHost[];
  /** What it answers on the local cloud's own host. */
  readonly routes?: ServiceRoutes;
  /** Answers on the local cloud's own host whatever no route is for. */
  readonly rest?: ServiceRest;
  /** Its own routes below `/_control`. */
  readonly control?: readonly Route[];
  close?(): Promise<void>;
}

/** Routes with the name under which faults are planned for them. */
interface ServiceRoutes {
  readonly faults: FaultService;
  readonly main: readonly Route[];
  /** At the port without TLS that managed identities are asked at. */
  readonly identityPort: readonly Route[];
}

/** Who answers what no route is for. */
interface ServiceRest {
  readonly faults: FaultService;
  handle(request: HttpRequest): Promise<HttpResponse> | HttpResponse;
  /** Takes a change on as Azure does, and does nothing of it. */
  acceptAndFail(
    request: HttpRequest,
    failure: { readonly code: string; readonly message: string },
  ): HttpResponse;
}

/** A kind of host, whose requests are read whole or passed on as they flow. */
export type ServiceHost = WholeHost | StreamedHost;

interface WholeHost {
  readonly kind: HostKind;
  readonly faults: FaultService;
  handle(request: HttpRequest, name: string): Promise<HttpResponse> | HttpResponse;
}

/** A kind of host whose requests are not read before they are answered. */
export interface StreamedHost {
  readonly kind: HostKind;
  readonly faults: FaultService;
  /** Where faults are planned for, made of the host's name and the path. */
  faultPath(request: StreamedRequest): string;
  stream(request: StreamedRequest): Promise<void>;
  /** Sends a planned refusal as the service words its own. */
  refuse(outgoing: ServerResponse, refusal: HttpError): void;
}

/** A request to a host, not yet read. */
export interface StreamedRequest {
  /** The first part of the host's name, or the account of an address by path. */
  readonly name: string;
  readonly method: string;
  /** Below the host, or below the account. */
  readonly path: string;
  /** The path as it was sent, which for an address by path begins with the account. */
  readonly wholePath: string;
  /** With its question mark; empty for none. */
  readonly search: string;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}
