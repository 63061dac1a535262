import type { SignIn } from '../services/identity/sign-in.ts';
import type { SiteRuntime } from '../services/web/site-runtime.ts';
import type { Addresses } from './addresses.ts';
import type { CloudContext } from './azure-services.ts';
import type { RecordedRequest } from './control/request-record.ts';
import type { Fault } from './control/fault-plan.ts';
import type { CloudSettings } from './control/cloud-settings.ts';

/** A running local cloud. */
export interface LocalCloud {
  readonly addresses: Addresses;
  /** The certificate to trust, in PEM. */
  readonly certificateFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** An Owner of the subscription, with no role over data, as on Azure. */
  readonly administrator: SignIn;
  /** What a shell, Pulumi or an SDK needs to reach it; holds the administrator's secret. */
  readonly environment: Readonly<Record<string, string>>;
  /** What opens its `/_control`, as a bearer token. */
  readonly controlToken: string;
  /** Where the services that joined are reached, by name. */
  readonly serviceUrls: Readonly<Record<string, string>>;
  /** What its services share: resources, identities, tokens, sites. */
  readonly context: CloudContext;
  /** Asks the resource manager something as the administrator and follows operations to their end. */
  request(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  createServicePrincipal(args: { displayName: string; memberOf?: readonly string[] }): SignIn;
  /** Its object id. */
  createGroup(displayName: string): string;
  /** Who runs the code of function apps from now on. */
  attachSiteRuntime(runtime: SiteRuntime): void;
  setFaults(faults: readonly Fault[]): void;
  setSettings(settings: Partial<CloudSettings>): void;
  requests(): readonly RecordedRequest[];
  close(): Promise<void>;
}
