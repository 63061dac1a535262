import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parentId } from '../engine/resource-id.ts';
import { conflict } from '../engine/errors.ts';
import { kept, path, placed } from '../engine/shape.ts';
import { defineIdentityType } from './identity-context.ts';

const apiVersions = [
  ...['2018-11-30', '2022-01-31-preview', '2023-01-31', '2023-07-31-preview', '2024-11-30'],
  ...['2025-01-31-preview', '2025-05-31-preview'],
];

/** An identity of its own, which apps are given. */
const userAssignedIdentity = defineIdentityType({
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities',
  apiVersions,
  name: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$/,
    code: 'BadRequest',
    message: (name) =>
      `The resource name '${name}' is not valid: 3 to 128 letters, digits, hyphens and ` +
      'underscores, beginning with a letter or digit.',
  },
  body: z.strictObject({
    ...placed,
    properties: z.strictObject(kept('isolationScope')).optional(),
  }),
  readOnly: ['tenantId', 'principalId', 'clientId'].map((name) => `properties.${name}`),
  prepare: ({ body, existing }) => ({
    body,
    facts: existing?.facts ?? { principalId: randomUUID(), clientId: randomUUID() },
  }),
  afterPut: ({ context, resource }) => {
    const { principalId, clientId } = resource.facts as { principalId: string; clientId: string };
    if (context.directory.find(principalId) !== undefined) return;
    context.directory.add({
      objectId: principalId,
      appId: clientId,
      kind: 'managedIdentity',
      displayName: resource.name,
      resourceId: resource.id,
      memberOf: [],
      secrets: [],
    });
  },
  afterDelete: ({ context, resource }) => {
    context.directory.remove(String(resource.facts['principalId']));
  },
  present: ({ context, resource }) => ({
    properties: { ...resource.facts, tenantId: context.directory.tenantId },
  }),
});

/** Who outside may act as an identity: sign-in asks these when it is shown a token of theirs. */
const federatedCredential = defineIdentityType({
  type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  apiVersions,
  name: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,119}$/,
    code: 'BadRequest',
    message: (name) => `The federated identity credential name '${name}' is not valid.`,
  },
  body: z.strictObject({
    ...path,
    properties: z
      .strictObject({
        issuer: z.url({ protocol: /^https$/ }),
        subject: z.string().min(1).max(600),
        audiences: z.array(z.string()).length(1),
      })
      .optional(),
  }),
  readOnly: ['systemData'],
  prepare: ({ context, id, body, existing }) => {
    const { issuer, subject } = body.properties ?? {};
    const siblings = context.resources
      .ofType('Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials')
      .filter((each) => parentId(each.id)?.toLowerCase() === parentId(id)?.toLowerCase())
      .filter((each) => each.id.toLowerCase() !== existing?.id.toLowerCase());
    const same = siblings.find(
      (each) =>
        each.body.properties?.['issuer'] === issuer &&
        each.body.properties?.['subject'] === subject,
    );
    if (same !== undefined) {
      throw conflict('Issuer and subject combination already exists for this Managed Identity.');
    }
    return { body, facts: {} };
  },
});

/** Identities as the resource manager sees them. */
export const identityTypes = [userAssignedIdentity, federatedCredential] as const;
