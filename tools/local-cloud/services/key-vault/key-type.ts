import { z } from 'zod';
import { badRequest } from '../engine/errors.ts';
import { parentId } from '../engine/resource-id.ts';
import { kept, path } from '../engine/shape.ts';
import { keyOperationNames, keySizes, newestVersion } from './key-store.ts';
import { defineVaultType } from './key-vault-context.ts';
import { recoveryLevel } from './present.ts';
import { vaultApiVersions } from './vault-type.ts';
import { vaultOf } from './vault-view.ts';

/**
 * A key, as the resource manager sees it: it can be made here by who manages the vault, without a
 * right to use it. To write one that is there changes nothing, as on Azure.
 */
export const vaultKeyType = defineVaultType({
  type: 'Microsoft.KeyVault/vaults/keys',
  apiVersions: vaultApiVersions,
  name: {
    pattern: /^[0-9a-zA-Z-]{1,127}$/,
    code: 'InvalidKeyName',
    message: (name) => `The key name '${name}' is not valid: 1 to 127 letters, digits and hyphens.`,
  },
  body: z.strictObject({
    ...path,
    location: z.string().optional(),
    tags: z.record(z.string(), z.string()).optional(),
    properties: z.strictObject({
      kty: z.enum(['RSA', 'RSA-HSM', 'EC', 'EC-HSM']).optional(),
      keySize: z.literal([...keySizes]).optional(),
      keyOps: z.array(z.enum([...keyOperationNames, 'import', 'release'])).optional(),
      attributes: z.strictObject({ enabled: z.boolean().optional() }).optional(),
      ...kept('rotationPolicy'),
    }),
  }),
  readOnly: ['properties.keyUri', 'properties.keyUriWithVersion'],
  methods: ['PUT', 'GET'],
  createdStatus: 200,
  prepare: ({ body, existing }) => {
    if (existing !== undefined) return { body: existing.body, facts: existing.facts };
    if (body.properties.kty !== 'RSA') {
      throw badRequest('The local cloud makes RSA keys only.', 'KeyTypeNotSupported');
    }
    return { body, facts: {} };
  },
  afterPut: ({ context, resource }) => {
    const vaultId = parentId(resource.id) ?? '';
    if (context.keys.find(vaultId, resource.name) !== undefined) return;
    const { keySize, keyOps, attributes } = (resource.body.properties ?? {}) as {
      keySize?: number;
      keyOps?: string[];
      attributes?: { enabled?: boolean };
    };
    const request = {
      keySize: keySize ?? 2048,
      keyOps: keyOps ?? keyOperationNames,
      enabled: attributes?.enabled ?? true,
    };
    context.keys.create({ vaultId, name: resource.name, request });
  },
  present: ({ context, resource }) => {
    const vaultId = parentId(resource.id) ?? '';
    const key = context.keys.find(vaultId, resource.name);
    const vault = context.resources.find(vaultId);
    if (key === undefined || vault === undefined) return {};
    const version = newestVersion(key);
    const keyUri = `${context.addresses.hosted('vault', vault.name)}/keys/${key.name}`;
    return {
      fields: { location: vault.body.location },
      properties: {
        kty: 'RSA',
        keySize: version.keySize,
        keyOps: version.keyOps,
        attributes: {
          enabled: version.enabled,
          created: version.created,
          updated: version.created,
          recoveryLevel: recoveryLevel(vaultOf(vault)),
          exportable: false,
        },
        keyUri,
        keyUriWithVersion: `${keyUri}/${version.version}`,
      },
    };
  },
});
