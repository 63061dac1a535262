import { answer } from '@mispriced/loopback-server';
import { omit } from '../../../src/omit.ts';
import { authorizeCaller } from '../authorize-caller.ts';
import type { ArmRoute } from '../../engine/arm-route.ts';
import { locations } from '../../engine/locations.ts';
import { presentResource } from '../../engine/present.ts';
import type { ArmContext } from '../arm-context.ts';

const subscription = (context: ArmContext): Record<string, unknown> => ({
  id: `/subscriptions/${context.subscriptionId}`,
  subscriptionId: context.subscriptionId,
  tenantId: context.directory.tenantId,
  displayName: 'Local cloud',
  state: 'Enabled',
  subscriptionPolicies: {
    locationPlacementId: 'Public_2014-09-01',
    quotaId: 'PayAsYouGo_2014-09-01',
    spendingLimit: 'Off',
  },
  authorizationSource: 'RoleBased',
  managedByTenants: [],
});

/** The one tenant, the one subscription and what is in it. */
export const subscriptionRoutes: readonly ArmRoute<ArmContext>[] = [
  {
    method: 'GET',
    path: '/tenants',
    action: null,
    handle: ({ context }) => {
      const { tenantId } = context.directory;
      return answer(200, { value: [{ id: `/tenants/${tenantId}`, tenantId }] });
    },
  },
  {
    method: 'GET',
    path: '/subscriptions',
    action: null,
    handle: ({ context }) => {
      const isShown = context.permissions.hasAny(context.caller.objectId);
      return answer(200, { value: isShown ? [subscription(context)] : [] });
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscription}',
    action: 'Microsoft.Resources/subscriptions/read',
    handle: ({ context }) => answer(200, subscription(context)),
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscription}/locations',
    action: 'Microsoft.Resources/subscriptions/locations/read',
    handle: ({ context }) =>
      answer(200, {
        value: Object.entries(locations).map(([name, displayName]) => ({
          id: `/subscriptions/${context.subscriptionId}/locations/${name}`,
          name,
          displayName,
          regionalDisplayName: displayName,
          metadata: { regionType: 'Physical' },
        })),
      }),
  },
  ...['/subscriptions/{subscription}/resources', groupResources()].map(
    (path): ArmRoute<ArmContext> => ({
      method: 'GET',
      path,
      action: 'Microsoft.Resources/subscriptions/resources/read',
      handle: ({ request, parameters, context }) => {
        const scope = parameters['group'];
        const filter = request.query.get('$filter') ?? '';
        const wanted = (name: string): string | undefined =>
          new RegExp(String.raw`\b${name}\s+eq\s+'([^']+)'`, 'i').exec(filter)?.[1]?.toLowerCase();
        const [type, named] = [wanted('resourceType'), wanted('name')];
        const value = context.resources
          .all()
          .filter((each) =>
            /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+$/i.test(
              each.id,
            ),
          )
          .filter((each) => scope === undefined || inGroup(each.id, scope))
          .filter((each) => type === undefined || each.type.toLowerCase() === type)
          .filter((each) => named === undefined || each.name.toLowerCase() === named)
          .flatMap((resource) => {
            const definition = context.types.find(resource.type, resource.name);
            if (definition === undefined) return [];
            return [
              omit(
                presentResource({
                  context,
                  type: definition,
                  resource,
                }),
                'properties',
              ),
            ];
          });
        return answer(200, { value });
      },
    }),
  ),
  {
    method: 'GET',
    path: '/subscriptions/{subscription}/providers/{namespace}',
    action: 'Microsoft.Resources/subscriptions/providers/read',
    handle: ({ parameters, context }) =>
      answer(200, provider(context, parameters['namespace'] ?? '')),
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscription}/providers',
    action: 'Microsoft.Resources/subscriptions/providers/read',
    handle: ({ context }) => {
      const namespaces = new Set(context.types.all().map((each) => each.type.split('/')[0] ?? ''));
      return answer(200, { value: [...namespaces].map((each) => provider(context, each)) });
    },
  },
  {
    method: 'POST',
    path: '/subscriptions/{subscription}/providers/{namespace}/register',
    action: null,
    handle: ({ parameters, context }) => {
      const { permissions, caller, subscriptionId } = context;
      const namespace = parameters['namespace'] ?? '';
      const scope = `/subscriptions/${subscriptionId}`;
      authorizeCaller({ permissions, caller, action: `${namespace}/register/action`, scope });
      return answer(200, provider(context, namespace));
    },
  },
];

function groupResources(): string {
  return '/subscriptions/{subscription}/resourceGroups/{group}/resources';
}

function inGroup(id: string, group: string): boolean {
  return id.toLowerCase().includes(`/resourcegroups/${group.toLowerCase()}/`);
}

function provider(context: ArmContext, namespace: string): Record<string, unknown> {
  const own = context.types
    .all()
    .filter((each) => each.type.split('/')[0]?.toLowerCase() === namespace.toLowerCase());
  return {
    id: `/subscriptions/${context.subscriptionId}/providers/${namespace}`,
    namespace,
    registrationState: own.length > 0 ? 'Registered' : 'NotRegistered',
    registrationPolicy: 'RegistrationRequired',
    resourceTypes: own.map((each) => ({
      resourceType: each.type.split('/').slice(1).join('/'),
      locations: Object.values(locations),
      apiVersions: each.apiVersions.toReversed(),
    })),
  };
}
