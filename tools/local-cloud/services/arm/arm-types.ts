import { identityTypes } from '../identity/identity-types.ts';
import { vaultKeyType } from '../key-vault/key-type.ts';
import { vaultRoutes } from '../key-vault/vault-routes.ts';
import { vaultType } from '../key-vault/vault-type.ts';
import { telemetryTypes } from '../monitor/telemetry-types.ts';
import { watchingTypes } from '../monitor/watching-types.ts';
import { storageAccount } from '../storage/account-type.ts';
import { storageChildTypes } from '../storage/child-types.ts';
import { storageNameRoutes } from '../storage/name-routes.ts';
import { plan } from '../web/plan-type.ts';
import { namedSiteTypes, siteChildTypes } from '../web/site-config-types.ts';
import { siteRoutes } from '../web/site-routes.ts';
import { site } from '../web/site-type.ts';
import { customRole } from './authorization/custom-role.ts';
import { roleAssignment } from './authorization/role-assignment.ts';
import type { ArmRoute } from './engine/arm-route.ts';
import { registerNamedTypes, registerTypes } from './engine/type-table.ts';
import { resourceGroupRoutes } from './routes/resource-group-routes.ts';
import { subscriptionRoutes } from './routes/subscription-routes.ts';
import { resourceGroup } from './types/resource-group.ts';

/** Everything that has a path of its own shape. */
export const armRoutes: readonly ArmRoute[] = [
  ...[...subscriptionRoutes, ...resourceGroupRoutes, ...storageNameRoutes],
  ...[...vaultRoutes, ...siteRoutes],
];

/** Makes every type of resource known. */
export function registerArmTypes(): void {
  registerTypes([resourceGroup, roleAssignment, customRole, storageAccount, ...storageChildTypes]);
  registerTypes([vaultType, vaultKeyType, ...identityTypes, plan, site, ...siteChildTypes]);
  registerTypes([...telemetryTypes, ...watchingTypes]);
  registerNamedTypes(namedSiteTypes);
}
