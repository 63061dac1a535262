import { nodeClientEnvironment } from '../../src/client/client-environment.ts';
import type { CloudService } from '../../src/service.ts';
import { errorResponse, writeResponse } from '@mispriced/loopback-server';
import type { ArmEngineContext } from '../engine/resource-type.ts';
import { plan } from './plan-type.ts';
import { makeReferenceCache } from './reference-cache.ts';
import { siteChildTypes } from './site-config-types.ts';
import { makeSiteController } from './site-controller.ts';
import { handleSiteRequest } from './site-front.ts';
import { siteRoutes } from './site-routes.ts';
import { site } from './site-type.ts';
import type { WebGiven } from './web-context.ts';

/** Plans and sites. They are there without a runtime too, and run nothing then. */
export const webService: CloudService<ArmEngineContext> = {
  name: 'web',
  armTypes: [plan, site, ...siteChildTypes],
  armRoutes: siteRoutes,
  open: ({ clock, certificateFile, faults, resources }) => {
    const given: WebGiven = {
      sites: makeSiteController(),
      referenceCache: makeReferenceCache(clock),
      clientEnvironment: nodeClientEnvironment(certificateFile),
      referenceFault: ({ vaultName, secretName }) => {
        const path = `/${vaultName}/secrets/${secretName}`;
        const fault = faults.take({ service: 'references', method: 'GET', path });
        if (fault === null) return null;
        return fault.kind === 'slow' ? 'slow' : 'failed';
      },
    };
    return {
      context: given,
      hosts: [
        {
          kind: 'azurewebsites',
          faults: 'site',
          faultPath: ({ name, path }) => `/${name}${path}`,
          stream: (request) => handleSiteRequest(request, { resources, sites: given.sites }),
          refuse: (outgoing, refusal) => {
            writeResponse(outgoing, errorResponse(refusal));
          },
        },
      ],
    };
  },
};
