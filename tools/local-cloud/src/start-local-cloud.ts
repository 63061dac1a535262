import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeGroup, makeServicePrincipal } from '../services/identity/directory.ts';
import { byPath } from '../services/storage/parse-storage-request.ts';
import { hostKinds, makeAddresses } from './addresses.ts';
import { openAdministrator } from './administrator.ts';
import { keepCertificate } from '@mispriced/loopback-server';
import { writeCaBundle } from './client/ca-bundle.ts';
import { clientEnvironment } from './client/client-environment.ts';
import { openCloudCore } from './cloud-core.ts';
import { openControlToken } from './control/control-token.ts';
import { makeFaultPlan } from './control/fault-plan.ts';
import { makeRequestRecord } from './control/request-record.ts';
import { dispatch, dispatchIdentity } from './dispatch.ts';
import type { DispatchContext } from './dispatch-context.ts';
import { proxyConnect } from './http/connect-proxy.ts';
import type { LocalCloud } from './local-cloud.ts';
import { openListeners } from './open-listeners.ts';
import { openOperators } from './operators.ts';
import { keepPorts, lastPorts } from './ports.ts';
import { requestAsAdministrator } from './request-as-administrator.ts';
import { makeStorageServer } from './serve-storage.ts';
import type { CloudService, RunningCloudService } from './services/cloud-service.ts';
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
  const faults = makeFaultPlan();
  const requests = makeRequestRecord();
  const running: RunningCloudService[] = [];
  let context: DispatchContext | null = null;
  const listeners = await openListeners({
    tls,
    preferred: lastPorts(state.folder),
    main: (incoming, outgoing) => {
      if (context === null) {
        outgoing.destroy();
        return;
      }
      dispatch(incoming, outgoing, context).catch(() => outgoing.destroy());
    },
    identity: (incoming, outgoing) => {
      if (context === null) {
        outgoing.destroy();
        return;
      }
      dispatchIdentity(incoming, outgoing, context).catch(() => outgoing.destroy());
    },
    proxy: (request, client, head) => {
      const mainPort = context?.cloud.addresses.port ?? 0;
      proxyConnect({ request, client, head, mainPort });
    },
    storage: (service, incoming, outgoing) => {
      context
        ?.serveStorage(byPath({ service, incoming, outgoing }))
        .catch(() => outgoing.destroy());
    },
  });
  keepPorts(state.folder, listeners.ports);
  const addresses = makeAddresses(listeners.ports);
  const { certificateFile } = tls;
  const cloud = await openCloudCore({ state, clock, addresses, certificateFile, faults });
  const { directory, settings } = cloud;
  const administrator = openAdministrator(state, cloud);
  const operatorsGroupId = openOperators(directory, administrator.objectId);
  const controlToken = openControlToken(state);
  const control = {
    clock,
    directory,
    faults,
    requests,
    settings,
    token: controlToken,
    instanceId: args.instanceId ?? randomUUID(),
  };
  const serveStorage = makeStorageServer({ cloud, control, log });
  context = { cloud, control, joined: () => running, serveStorage, log };
  const serviceUrls: Record<string, string> = {};
  for (const service of args.services ?? []) {
    const folder = join(state.folder, 'services', service.name);
    mkdirSync(folder, { recursive: true });
    const started = await service.start({
      folder,
      clock,
      log,
      cloud,
      certificateFile,
      administrator,
      stateFolder: state.folder,
    });
    running.push(started);
    if (started.url !== null) serviceUrls[service.name] = started.url;
  }
  return {
    addresses,
    certificateFile,
    tenantId: directory.tenantId,
    subscriptionId: cloud.subscriptionId,
    administrator,
    environment: {
      ...clientEnvironment({
        origin: addresses.origin,
        proxyUrl: `http://127.0.0.1:${listeners.ports.identity}`,
        certificateFile,
        caBundleFile: writeCaBundle(state.folder, tls.certificate),
        tenantId: directory.tenantId,
        subscriptionId: cloud.subscriptionId,
        administrator,
        operatorsGroupId,
        stateFolder: state.folder,
        controlToken,
      }),
      ...Object.fromEntries(
        running.flatMap((service) => Object.entries(service.environment ?? {})),
      ),
      ...Object.fromEntries(
        Object.entries(serviceUrls).map(([name, url]) => [
          `MISPRICED_LOCAL_${name.toUpperCase().replaceAll('-', '_')}_URL`,
          url,
        ]),
      ),
    },
    controlToken,
    serviceUrls,
    context: cloud,
    request: (method, path, body) =>
      requestAsAdministrator({ cloud, administrator, method, path, body }),
    createServicePrincipal: ({ displayName, memberOf }) => {
      const made = makeServicePrincipal({
        displayName,
        now: clock(),
        ...(memberOf !== undefined && { memberOf }),
      });
      directory.add(made.principal);
      const { objectId, appId = '' } = made.principal;
      return { objectId, clientId: appId, clientSecret: made.clientSecret };
    },
    createGroup: (displayName) => {
      const group = makeGroup(displayName);
      directory.add(group);
      return group.objectId;
    },
    attachSiteRuntime: (runtime) => {
      cloud.sites.attach(runtime);
    },
    setFaults: (planned) => {
      faults.set(planned);
    },
    setSettings: (changed) => {
      Object.assign(settings, changed);
    },
    requests: () => requests.all(),
    close: async () => {
      for (const service of running.toReversed()) await service.close();
      await listeners.close();
      await cloud.storage.azurite.close();
    },
  };
}
