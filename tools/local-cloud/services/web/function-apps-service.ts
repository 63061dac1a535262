import { join } from 'node:path';
import { trustLocalCloud } from '../../src/client/trust-local-cloud.mjs';
import type { CloudService } from '../../src/service.ts';
import { createDeploymentService } from './deployment/deployment-service.ts';
import { createPackagedSites } from './hosting/packaged-sites.ts';
import { runnableSite } from './runnable-site.ts';
import type { RunnableSite, SiteRuntime } from './site-runtime.ts';
import { createBlobPackages } from './hosting/blob-packages.ts';
import { functionAppControl } from './control-routes.ts';
import { deploymentSites } from './deployment/cloud-sites.ts';
import { hostStorageOf } from './hosting/host-storage.ts';
import type { WebContext } from './web-context.ts';

const name = 'function-apps';

/** Where the service keeps its sites below its own folder: logs, restarts, unpacked packages. */
const sitesFolderName = 'sites';

/**
 * Function apps that really run: packages are taken by One Deploy, kept in each app's deployment
 * container and run under the functions host double, with timers that live in the app's own host
 * storage. At every start of the local cloud they run again with the package last deployed.
 */
export const functionAppsService: CloudService<WebContext> = {
  name,
  open: async (cloud) => {
    const { clock, log, certificateFile } = cloud;
    const folder = cloud.folderOf(name);
    // The platform's own clients reach storage by its address, as anybody does.
    trustLocalCloud(certificateFile);
    const sites = createPackagedSites({
      folder: join(folder, sitesFolderName),
      packages: createBlobPackages(cloud),
      stateStoreFor: (site) => hostStorageOf(cloud, site),
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
      hosts: [
        {
          kind: 'scm',
          faults: 'deployment',
          handle: (request, site) => deployments.handle(request, site),
        },
      ],
      control: functionAppControl(sites, deployments),
      close: async () => {
        deployments.quirks.heldBy = null;
        await sites.close();
      },
    };
  },
};
