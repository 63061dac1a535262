import { z } from 'zod';
import { answer, checkedBody, HttpError, type Route } from '@mispriced/loopback-server';
import type { DeploymentService } from './deployment/deployment-service.ts';
import type { PackagedSites } from './hosting/packaged-sites.ts';

const faultsSchema = z.strictObject({
  /** The next deployment fails with this text. */
  failure: z.string().nullable(),
  /** New deployments wait until this is false again. */
  held: z.boolean(),
  /** The worker forgets a deployment once it is over. */
  recycles: z.boolean(),
  /** How many first answers about a new deployment are 404. */
  earlyNotFound: z.number().int().min(0),
});

/** What goes wrong with deployments, as it stands. */
type DeploymentFaults = z.infer<typeof faultsSchema>;

/** How sites are, and how deployments are to misbehave. */
export function functionAppControl(
  sites: PackagedSites,
  deployments: DeploymentService,
): readonly Route[] {
  const { quirks } = deployments;
  let release = (): void => undefined;
  const shown = (): DeploymentFaults & { underWay: readonly string[] } => ({
    underWay: deployments.underWay(),
    failure: quirks.failure,
    held: quirks.heldBy !== null,
    recycles: quirks.recycles,
    earlyNotFound: quirks.earlyNotFound,
  });
  return [
    {
      method: 'GET',
      path: '/_control/sites',
      handle: () => answer(200, sites.reports()),
    },
    {
      method: 'GET',
      path: '/_control/sites/{name}',
      handle: ({ parameters }) => {
        const name = parameters['name']?.toLowerCase();
        const found = sites.reports().find((each) => each.name.toLowerCase() === name);
        if (found !== undefined) return answer(200, found);
        const message = `No site ${name ?? ''} is started here.`;
        throw new HttpError({ status: 404, code: 'SiteNotFound', message });
      },
    },
    {
      method: 'GET',
      path: '/_control/deployments',
      handle: () => answer(200, shown()),
    },
    {
      method: 'PUT',
      path: '/_control/deployments',
      handle: ({ request }) => {
        const { held, failure, recycles, earlyNotFound } = checkedBody(
          faultsSchema.partial(),
          request,
          'InvalidControlRequest',
        );
        if (held === false) release();
        if (held === true) {
          const holding = Promise.withResolvers<undefined>();
          quirks.heldBy = holding.promise;
          release = () => {
            quirks.heldBy = null;
            holding.resolve(undefined);
          };
        }
        if (failure !== undefined) quirks.failure = failure;
        if (recycles !== undefined) quirks.recycles = recycles;
        if (earlyNotFound !== undefined) quirks.earlyNotFound = earlyNotFound;
        return answer(200, shown());
      },
    },
  ];
}
