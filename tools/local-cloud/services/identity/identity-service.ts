import type { CloudService } from '../../src/service.ts';
import type { Route } from '@mispriced/loopback-server';
import type { ArmEngineContext } from '../engine/resource-type.ts';
import { identityControl } from './control-routes.ts';
import { openDirectory } from './directory.ts';
import type { IdentityContext, SignInContext } from './identity-context.ts';
import { identityTypes } from './identity-types.ts';
import { openManagedIdentities } from './managed-identities.ts';
import { identityRoutes, managedIdentityRoute } from './routes.ts';
import { openTokens } from './tokens.ts';

/** The tenant: sign-in, its metadata, a little of the Graph, and the tokens of managed identities. */
export const identityService: CloudService<ArmEngineContext> = {
  name: 'identity',
  armTypes: identityTypes,
  open: ({ state, clock, addresses, resources }) => {
    const directory = openDirectory(state);
    const { tenantId } = directory;
    const issuer = `${addresses.origin}/${tenantId}/`;
    const given: SignInContext = {
      directory,
      tokens: openTokens({ state, clock, issuer, tenantId }),
      managedIdentities: openManagedIdentities(),
    };
    const context: IdentityContext = { ...given, addresses, clock, resources, outside: fetch };
    const bound = (route: Route<IdentityContext>): Route => ({
      ...route,
      handle: (asked) => route.handle({ ...asked, context }),
    });
    return {
      context: given,
      routes: {
        faults: 'identity',
        main: identityRoutes.map(bound),
        identityPort: [bound(managedIdentityRoute)],
      },
      control: identityControl({ directory, clock }),
    };
  },
};
