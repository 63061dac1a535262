import { join } from 'node:path';
import { trustLocalCloud } from '../../../src/client/trust-local-cloud.mjs';
import type { CloudService } from '../../../src/services/cloud-service.ts';
import type { Resource } from '../../arm/engine/resource.ts';
import { createDeploymentService } from '../deployment/deployment-service.ts';
import { createPackagedSites } from '../deployment/packaged-sites.ts';
import { runnableSite } from '../runnable-site.ts';
import type { RunnableSite, SiteRuntime } from '../site-runtime.ts';
import { createBlobPackages } from './blob-packages.ts';
import { functionAppControl } from './control-routes.ts';
import { deploymentSites } from './deployment-sites.ts';
import { hostStorageOf } from './host-storage.ts';

/** Where the service keeps its sites below its own folder: logs, restarts, unpacked packages. */
const sitesFolderName = 'sites';

/**
 * Function apps that really run: packages are taken by One Deploy, kept in each app's deployment
 * container and run under the functions host double, with timers that live in the app's own host
 * storage. At every start of the local cloud they run again with the package last deployed.
 */
export const functionAppsService: CloudService = {
  name: 'function-apps',
  start: async ({ folder, clock, log, cloud, certificateFile }) => {
    // The platform's own clients reach storage by its address, as anybody does.
    trustLocalCloud(certificateFile);
    const resourceOf = (site: RunnableSite): Resource => {
      const resource = cloud.resources.find(site.id);
      if (resource === undefined) throw new Error(`There is no site ${site.name} any more.`);
      return resource;
    };
    const sites = createPackagedSites({
      folder: join(folder, sitesFolderName),
      packages: createBlobPackages(cloud, resourceOf),
      stateStoreFor: (site) => hostStorageOf(cloud, resourceOf(site), site),
      restartSeconds: () => cloud.settings.siteRestartSeconds,
      clock,
      log,
    });
    const deployments = createDeploymentService({
      folder: join(folder, 'deployments'),
      clock,
      sites: deploymentSites(cloud, sites),
    });
    const inBackground = (work: Promise<void>, site: RunnableSite): Promise<void> => {
      work.catch((error: unknown) => {
        log(`defect: site ${site.name}: ${String(error)}`);
      });
      return Promise.resolve();
    };
    const runtime: SiteRuntime = {
      ...sites,
      // As on Azure, a change is answered at once and the restart follows.
      start: (site) => inBackground(sites.start(site), site),
      restart: (site) => inBackground(sites.restart(site), site),
    };
    cloud.sites.attach(sites);
    const known = cloud.resources.ofType('Microsoft.Web/sites');
    await Promise.all(known.map((site) => cloud.sites.changed(runnableSite(cloud, site))));
    cloud.sites.attach(runtime);
    return {
      url: null,
      host: {
        kind: 'scm',
        handle: (request, name) => deployments.handle(request, name),
      },
      control: functionAppControl(sites, deployments),
      close: async () => {
        deployments.quirks.heldBy = null;
        await sites.close();
      },
    };
  },
};
