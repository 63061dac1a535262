import { guidPattern } from '@mispriced/core/domain/guid';
import { z } from 'zod';
import { badRequest, conflict } from '../../engine/errors.ts';
import { sameId } from '../../engine/resource-id.ts';
import type { ResourceStore } from '../../engine/resource-store.ts';
import { defineResourceType } from '../../engine/resource-type.ts';
import { path } from '../../engine/shape.ts';
import { findRole, type RoleDefinition, roleDefinitions } from './role-definitions.ts';

/** The versions in which roles are read and written. */
export const roleDefinitionVersions = [
  ...['2018-01-01-preview', '2022-04-01', '2022-05-01-preview', '2023-07-01-preview'],
  ...['2015-07-01', '2020-10-01'],
];

const type = 'Microsoft.Authorization/roleDefinitions';
const names = z.array(z.string().regex(/^\*$|^[\w.*]+(\/[\w.*-]+)+$/, 'is no action'));
const bodySchema = z.strictObject({
  ...path,
  properties: z.strictObject({
    roleName: z.string().min(1).max(512),
    type: z.literal('CustomRole').optional(),
    description: z.string().optional(),
    assignableScopes: z.array(z.string()).min(1),
    permissions: z
      .array(
        z.strictObject({
          actions: names.optional(),
          notActions: names.optional(),
          dataActions: names.optional(),
          notDataActions: z.array(z.string()).length(0).optional(),
        }),
      )
      .length(1),
  }),
});

/** A role of one's own. */
export const customRole = defineResourceType({
  type,
  apiVersions: roleDefinitionVersions,
  extension: true,
  name: {
    pattern: guidPattern,
    code: 'InvalidRoleDefinitionId',
    message: (name) => `The role definition ID '${name}' is not valid. It must be a GUID.`,
  },
  body: bodySchema,
  readOnly: ['createdOn', 'createdBy', 'updatedOn', 'updatedBy'].map(
    (name) => `properties.${name}`,
  ),
  methods: ['PUT', 'GET', 'DELETE'],
  prepare: ({ context, id, body }) => {
    const { roleName } = body.properties;
    const sameName = (other: string): boolean => other.toLowerCase() === roleName.toLowerCase();
    const isTaken = context.resources
      .ofType(type)
      .filter((each) => !sameId(each.id, id))
      .some((each) => sameName(String(each.body.properties?.['roleName'])));
    if (isTaken || roleDefinitions.some((each) => sameName(each.roleName))) {
      throw conflict(
        `Role definition with the same name '${roleName}' already exists.`,
        'RoleDefinitionWithSameNameExists',
      );
    }
    return { body: { properties: { ...body.properties, type: 'CustomRole' } }, facts: {} };
  },
  beforeDelete: ({ context, resource }) => {
    const isUsed = context.resources
      .ofType('Microsoft.Authorization/roleAssignments')
      .some((each) =>
        String(each.body.properties?.['roleDefinitionId']).endsWith(`/${resource.name}`),
      );
    if (isUsed) {
      throw badRequest(
        'There are existing role assignments referencing role.',
        'RoleDefinitionHasAssignments',
      );
    }
  },
});

/** Every role that somebody made. */
export function customRoles(resources: ResourceStore): readonly RoleDefinition[] {
  return resources.ofType(type).map((resource) => {
    const { properties } = bodySchema.parse({ properties: resource.body.properties });
    const [permission = {}] = properties.permissions;
    return {
      id: resource.name.toLowerCase(),
      roleName: properties.roleName,
      description: properties.description ?? '',
      actions: permission.actions ?? [],
      notActions: permission.notActions ?? [],
      dataActions: permission.dataActions ?? [],
      assignableScopes: properties.assignableScopes,
    };
  });
}

/** A role by the last part of its id, Azure's own or one that somebody made. */
export function findAnyRole(resources: ResourceStore, roleId: string): RoleDefinition | undefined {
  const id = roleId.split('/').at(-1)?.toLowerCase();
  return findRole(roleId) ?? customRoles(resources).find((each) => each.id === id);
}
