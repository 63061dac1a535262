import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { resourceGroup } from '../services/arm/types/resource-group.ts';
import { makeTypeTable } from '../services/engine/type-table.ts';
import type { ResourceType } from '../services/engine/resource-type.ts';
import { azureServices } from '../src/azure-services.ts';
import { contractBodies } from './contract-bodies.ts';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly 'x-readOnly'?: readonly string[];
}

const fixtures = fixturesFolder();
const folder = fixtures === null ? null : join(fixtures, 'azure-contract');
const schemas = new Map(
  (folder === null ? [] : readdirSync(folder))
    .filter((file) => file.endsWith('.schema.json'))
    .map((file) => [
      file.replace(/@.*$/, '').replaceAll('_', '/'),
      JSON.parse(readFileSync(join(folder ?? '', file), 'utf8')) as Schema,
    ]),
);

/** Types that Azure describes and this double answers with 501, or takes by a route of its own. */
const elsewhere = new Set([
  'Microsoft.Authorization/locks',
  'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies',
  ...['Microsoft.KeyVault/vaults/secrets', 'Microsoft.KeyVault/vaults/accessPolicies'],
  ...['Microsoft.Storage/storageAccounts/tableServices/tables', 'Microsoft.Web/sites/slots'],
  ...['authsettings', 'authsettingsV2', 'azurestorageaccounts', 'backup', 'connectionstrings'].map(
    (name) => `Microsoft.Web/sites/config/${name}`,
  ),
  ...['logs', 'metadata', 'pushsettings'].map((name) => `Microsoft.Web/sites/config/${name}`),
]);

/** What the double takes beyond the description: newer, or shown and sent back by clients. */
const beyond = new Set(['id', 'name', 'type', 'identity', 'replication', 'failover']);

const compared = [...schemas.keys()].filter((type) => !elsewhere.has(type));

const types = makeTypeTable(azureServices.flatMap(({ armTypes = [] }) => armTypes));

function definition(name: string): ResourceType {
  if (name === resourceGroup.type) return resourceGroup;
  const named = /^(.*basicPublishingCredentialsPolicies)\/\w+$/.exec(name)?.[1];
  const type = types.find(named ?? name);
  if (type === undefined) throw new Error(`The local cloud has no type ${name}.`);
  return type;
}

function resolve(root: Schema, schema: Schema | undefined): Schema {
  const name = schema?.$ref?.split('/').at(-1);
  if (name === undefined) return schema ?? {};
  return resolve(root, root.$defs?.[name]);
}

const names = (schema: Schema): string[] => Object.keys(schema.properties ?? {});

describe.skipIf(folder === null)("the double's types against Azure's description", () => {
  it.each(compared)('%s takes the same properties', (name) => {
    const azure = schemas.get(name) ?? {};
    const ours = z.toJSONSchema(definition(name).body, {
      io: 'input',
      unrepresentable: 'any',
    }) as Schema;
    // Newer versions of this one alone have properties to set.
    const isIdentity = name === 'Microsoft.ManagedIdentity/userAssignedIdentities';
    const mine = names(ours)
      .filter((each) => !beyond.has(each))
      .filter((each) => !isIdentity || each !== 'properties');
    expect(mine.sort()).toEqual(
      names(azure)
        .filter((each) => !beyond.has(each))
        .sort(),
    );
    const [theirProperties, ourProperties] = [azure, ours].map((root) =>
      names(resolve(root, root.properties?.['properties'])).filter((each) => !beyond.has(each)),
    );
    if (!isIdentity) expect(ourProperties?.sort()).toEqual(theirProperties?.sort());
  });

  it.each(compared)('%s requires the same, and refuses what is read-only', (name) => {
    const azure = schemas.get(name) ?? {};
    const { body, readOnly } = definition(name);
    const example = contractBodies[name] ?? {};
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    const valid = ajv.compile(azure as object);
    expect([valid(example), valid.errors]).toEqual([true, null]);
    expect(body.safeParse(example)).toMatchObject({ success: true });
    const described = [azure, resolve(azure, azure.properties?.['properties'])];
    for (const [depth, schema] of described.entries()) {
      for (const property of schema.required ?? []) {
        const without = changed(example, depth, property, undefined);
        expect([property, valid(without), body.safeParse(without).success]).toEqual([
          property,
          false,
          false,
        ]);
      }
      if (schema.additionalProperties === false) {
        const misspelt = changed(example, depth, 'mispelt', true);
        expect([valid(misspelt), body.safeParse(misspelt).success]).toEqual([false, false]);
      }
      for (const property of schema['x-readOnly'] ?? []) {
        const path = depth === 0 ? property : `properties.${property}`;
        const set = changed(example, depth, property, 'x');
        const refused = readOnly.includes(path) || !body.safeParse(set).success;
        expect([path, refused]).toEqual([path, true]);
      }
    }
  });
});

function changed(
  example: Readonly<Record<string, unknown>>,
  depth: number,
  property: string,
  value: unknown,
): Record<string, unknown> {
  if (depth === 0) return { ...example, [property]: value };
  const properties = { ...(example['properties'] as object), [property]: value };
  return { ...example, properties: JSON.parse(JSON.stringify(properties)) as unknown };
}
