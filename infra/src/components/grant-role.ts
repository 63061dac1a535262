import { RoleAssignment } from '@pulumi/azure-native/authorization/roleAssignment.js';
import * as pulumi from '@pulumi/pulumi';
import { type Role, roles } from '../roles.ts';

/**
 * Gives one principal one role on one resource and nothing above it. Whoever runs `pulumi up` needs
 * `Microsoft.Authorization/roleAssignments/write` there. `principalType` spares Azure looking an
 * identity up that was made seconds ago and that it may not know yet.
 */
export function grantRole(args: {
  name: string;
  role: Role;
  scope: pulumi.Input<string>;
  principalId: pulumi.Input<string>;
  principalType: 'ServicePrincipal' | 'Group';
  parent: pulumi.Resource;
}): RoleAssignment {
  const subscription = pulumi.output(args.scope).apply((id) => id.split('/').slice(0, 3).join('/'));
  return new RoleAssignment(
    args.name,
    {
      scope: args.scope,
      principalId: args.principalId,
      principalType: args.principalType,
      roleDefinitionId: pulumi.interpolate`${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roles[args.role]}`,
    },
    // Rights keep no state: in an environment that is protected they can still be taken away.
    { parent: args.parent, protect: false },
  );
}
