import type { ArmContext } from '../../services/arm/engine/arm-context.ts';
import type { HostKind } from '../addresses.ts';
import type { HttpRequest, HttpResponse, Route } from '@mispriced/loopback-server';
import type { SignIn } from '../local-cloud.ts';

/** What a service that joins the local cloud is given. */
export interface CloudServiceContext {
  /** A folder of its own that outlives the process. */
  readonly folder: string;
  /** Where the local cloud keeps everything. */
  readonly stateFolder: string;
  readonly clock: () => Date;
  readonly log: (line: string) => void;
  /** The resource manager's insides: resources, identities, tokens, sites. */
  readonly cloud: ArmContext;
  /** Who may do anything in the subscription. */
  readonly administrator: SignIn;
  /** What a client of the local cloud in this process has to believe. */
  readonly certificateFile: string;
}

/** A service that runs beside the resource manager: a market, a deployment endpoint, a host. */
export interface CloudService {
  readonly name: string;
  start(context: CloudServiceContext): Promise<RunningCloudService>;
}

/** A service that has started. */
export interface RunningCloudService {
  /** Where clients reach it; null for one that answers under a kind of host name only. */
  readonly url: string | null;
  /** What else a client needs to know of it, as variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The kind of host it answers for, such as `scm`, and how. */
  readonly host?: {
    readonly kind: HostKind;
    handle(request: HttpRequest, name: string): Promise<HttpResponse>;
  };
  /** Its own routes below `/_control`. */
  readonly control?: readonly Route[];
  close(): Promise<void>;
}
