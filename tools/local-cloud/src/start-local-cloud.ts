import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { requestAsAdministrator } from '../services/arm/request-as-administrator.ts';
import { addGroup, addServicePrincipal } from '../services/identity/sign-in.ts';
import { hostKinds, makeAddresses } from './addresses.ts';
import { azureServices, type CloudContext } from './azure-services.ts';
import { keepCertificate } from '@mispriced/loopback-server';
import { writeCaBundle } from './client/ca-bundle.ts';
import { clientEnvironment } from './client/client-environment.ts';
import { type CloudSettings, defaultCloudSettings } from './control/cloud-settings.ts';
import { openControlToken } from './control/control-token.ts';
import { makeFaultPlan } from './control/fault-plan.ts';
import { makeRequestRecord } from './control/request-record.ts';
import { dispatch, dispatchByPath, dispatchIdentity } from './dispatch.ts';
import type { DispatchContext } from './dispatch-context.ts';
import { proxyConnect } from './http/connect-proxy.ts';
import type { LocalCloud } from './local-cloud.ts';
import { openListeners } from './open-listeners.ts';
import { openServices } from './open-services.ts';
import { keepPorts, lastPorts } from './ports.ts';
import type { CloudService, OpenService, ServiceContext } from './service.ts';
import { openStateFolder } from './state/state-folder.ts';

/**
 * Starts a cloud on loopback that refuses what Azure would refuse: resource manager, sign-in, key
 * vaults, storage and monitoring in this process. What it knows it keeps in `stateFolder`, where
 * the next start finds it; ports are the last ones where those are free.
 *
 * @param args.services what else runs in it, such as a market
 * @param args.log gets a line for each request, without query, headers or bodies
 */
export async function startLocalCloud(args: {
  stateFolder: string;
  clock?: () => Date;
  log?: (line: string) => void;
  services?: readonly CloudService[];
  instanceId?: string;
}): Promise<LocalCloud> {
  const clock = args.clock ?? ((): Date => new Date());
  const log = args.log ?? ((): void => undefined);
  const state = openStateFolder(args.stateFolder);
  const tls = await keepCertificate({ folder: state.folder, now: clock(), hostKinds });
  const settings: CloudSettings = { ...defaultCloudSettings };
  const control = {
    settings,
    faults: makeFaultPlan(),
    requests: makeRequestRecord(),
    token: openControlToken(state),
    instanceId: args.instanceId ?? randomUUID(),
  };
  const open: OpenService[] = [];
  const dispatchContext: DispatchContext = { control, services: open, log };
  let isOpen = false;
  /** Nobody is answered before all of Azure's services are open. */
  const serve =
    (answer: typeof dispatch) =>
    (incoming: IncomingMessage, outgoing: ServerResponse): void => {
      if (!isOpen) outgoing.destroy();
      else answer(incoming, outgoing, dispatchContext).catch(() => outgoing.destroy());
    };
  const listeners = await openListeners({
    tls,
    preferred: lastPorts(state.folder),
    main: serve(dispatch),
    identity: serve(dispatchIdentity),
    proxy: (request, client, head) => {
      proxyConnect({ request, client, head, mainPort: listeners.ports.main });
    },
    byPath: (kind) => serve((...asked) => dispatchByPath(kind, ...asked)),
  });
  keepPorts(state.folder, listeners.ports);
  const addresses = makeAddresses(listeners.ports);
  const { certificateFile } = tls;
  const joined = args.services ?? [];
  const shared: ServiceContext = {
    addresses,
    clock,
    log,
    state,
    certificateFile,
    settings,
    faults: control.faults,
    services: [...azureServices, ...joined],
    folderOf: (service) => {
      const folder = join(state.folder, 'services', service);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
  };
  const serviceUrls: Record<string, string> = {};
  const opened = (service: OpenService, name: string): void => {
    open.push(service);
    if (service.url !== undefined) serviceUrls[name] = service.url;
  };
  await openServices({ services: azureServices, context: shared, opened });
  const azureCount = open.length;
  isOpen = true;
  await openServices({ services: joined, context: shared, opened });
  // Azure's services are open, so that what they give is there.
  const context = shared as CloudContext;
  const { directory, administrator, subscriptionId } = context;
  const { tenantId } = directory;
  return {
    addresses,
    certificateFile,
    tenantId,
    subscriptionId,
    administrator,
    environment: {
      ...clientEnvironment({
        origin: addresses.origin,
        proxyUrl: `http://127.0.0.1:${listeners.ports.identity}`,
        certificateFile,
        caBundleFile: writeCaBundle(state.folder, tls.certificate),
        tenantId,
        subscriptionId,
        administrator,
        operatorsGroupId: context.operatorsGroupId,
        stateFolder: state.folder,
        controlToken: control.token,
      }),
      ...Object.fromEntries(open.flatMap((service) => Object.entries(service.environment ?? {}))),
      ...Object.fromEntries(
        Object.entries(serviceUrls).map(([name, url]) => [
          `MISPRICED_LOCAL_${name.toUpperCase().replaceAll('-', '_')}_URL`,
          url,
        ]),
      ),
    },
    controlToken: control.token,
    serviceUrls,
    context,
    request: (method, path, body) =>
      requestAsAdministrator({ cloud: context, administrator, method, path, body }),
    createServicePrincipal: (wanted) => addServicePrincipal(directory, { ...wanted, now: clock() }),
    createGroup: (displayName) => addGroup(directory, displayName),
    attachSiteRuntime: (runtime) => {
      context.sites.attach(runtime);
    },
    setFaults: (planned) => {
      control.faults.set(planned);
    },
    setSettings: (changed) => {
      Object.assign(settings, changed);
    },
    requests: () => control.requests.all(),
    close: async () => {
      for (const service of open.slice(azureCount).toReversed()) await service.close?.();
      await listeners.close();
      for (const service of open.slice(0, azureCount).toReversed()) await service.close?.();
    },
  };
}
