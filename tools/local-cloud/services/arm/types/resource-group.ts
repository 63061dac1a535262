import { z } from 'zod';
import { defineResourceType } from '../../engine/resource-type.ts';
import { placed } from '../../engine/shape.ts';

/** A resource group: what is created, and deleted, together. */
export const resourceGroup = defineResourceType({
  type: 'Microsoft.Resources/resourceGroups',
  apiVersions: [
    ...['2018-05-01', '2019-05-01', '2019-10-01', '2020-06-01', '2020-10-01', '2021-01-01'],
    ...['2021-04-01', '2022-09-01', '2023-07-01', '2024-03-01', '2024-07-01', '2024-11-01'],
    '2025-04-01',
  ],
  name: {
    pattern: /^[\p{L}\p{N}_\-.()]{0,89}[\p{L}\p{N}_\-()]$/u,
    code: 'InvalidResourceGroupName',
    message: (name) =>
      `The provided resource group name '${name}' is not valid. It may hold letters, digits, ` +
      'underscores, hyphens, periods and parentheses, at most 90 of them, and not end in a period.',
  },
  body: z.strictObject({
    ...placed,
    managedBy: z.string().nullish(),
    properties: z.strictObject({}).optional(),
  }),
  readOnly: ['properties.provisioningState'],
  provisioningState: true,
});
