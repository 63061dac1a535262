import { constants, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { z } from 'zod';
import {
  answer,
  HttpError,
  type HttpRequest,
  type HttpResponse,
  jsonBody,
} from '@mispriced/loopback-server';
import { notSimulated } from '../../src/not-simulated.ts';
import { badParameter, keyNotFound } from './errors.ts';
import {
  type Key,
  keyOperationNames,
  keySizes,
  type KeyVersion,
  newestVersion,
  publicHalf,
} from './key-store.ts';
import type { VaultContext } from './key-vault-context.ts';
import { page } from './pages.ts';
import { recoveryLevel } from './present.ts';
import type { VaultRoute } from './vault-route.ts';

const createBody = z.object({
  kty: z.string(),
  key_size: z.literal([...keySizes]).optional(),
  key_ops: z.array(z.enum(keyOperationNames)).optional(),
  attributes: z.object({ enabled: z.boolean().optional() }).nullish(),
});

const cipherBody = z.object({ alg: z.string(), value: z.base64url() });

const hashes: Readonly<Record<string, string>> = { 'RSA-OAEP': 'sha1', 'RSA-OAEP-256': 'sha256' };

/** What can be done with keys; nothing gives a private half out. */
export const keyRoutes: readonly VaultRoute[] = [
  {
    method: 'GET',
    path: '/keys',
    operation: 'listKeys',
    handle: ({ request, context }) => {
      const items = context.keys.all(context.vault.resourceId).map((key) => ({
        kid: `${context.vaultUrl}/keys/${key.name}`,
        attributes: attributesOf(context, newestVersion(key)),
      }));
      return answer(200, page({ items, query: request.query, url: `${context.vaultUrl}/keys` }));
    },
  },
  {
    method: 'POST',
    path: '/keys/{name}/create',
    operation: 'createKey',
    handle: ({ request, parameters, context }) => {
      const wanted = read(createBody, request);
      if (wanted.kty !== 'RSA') throw notSimulated(`keys of the type ${wanted.kty}`);
      const name = parameters['name'] ?? '';
      const properties = {
        keySize: wanted.key_size ?? 2048,
        keyOps: wanted.key_ops ?? keyOperationNames,
        enabled: wanted.attributes?.enabled ?? true,
      };
      const vaultId = context.vault.resourceId;
      const key = context.keys.create({ vaultId, name, request: properties });
      context.onKey({ vaultId, name });
      return bundle(context, key, newestVersion(key));
    },
  },
  ...['/keys/{name}', '/keys/{name}/{version}'].map((path): VaultRoute => ({
    method: 'GET',
    path,
    operation: 'getKey',
    handle: ({ parameters, context }) => {
      const key = present(context, parameters['name'] ?? '');
      return bundle(context, key, versionOf(key, parameters['version']));
    },
  })),
  ...(['encrypt', 'decrypt'] as const).flatMap((operation) =>
    [`/keys/{name}/${operation}`, `/keys/{name}/{version}/${operation}`].map(
      (path): VaultRoute => ({
        method: 'POST',
        path,
        operation,
        handle: ({ request, parameters, context }) => {
          const key = present(context, parameters['name'] ?? '');
          const version = versionOf(key, parameters['version']);
          refuseUnusable(version, operation);
          const { alg, value } = read(cipherBody, request);
          const result = cipher({
            operation,
            version,
            alg,
            value: Buffer.from(value, 'base64url'),
          });
          const kid = kidOf(context, key, version);
          return answer(200, { kid, value: result.toString('base64url') });
        },
      }),
    ),
  ),
];

function cipher(args: {
  operation: 'encrypt' | 'decrypt';
  version: KeyVersion;
  alg: string;
  value: Buffer;
}): Buffer {
  const { operation, version, alg, value } = args;
  const oaepHash = hashes[alg];
  if (oaepHash === undefined) throw notSimulated(`the algorithm ${alg}`);
  const padding = { oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING };
  try {
    return operation === 'encrypt'
      ? publicEncrypt({ key: createPublicKey(version.privatePem), ...padding }, value)
      : privateDecrypt({ key: version.privatePem, ...padding }, value);
  } catch {
    throw badParameter('The parameter is incorrect.');
  }
}

function refuseUnusable(version: KeyVersion, operation: string): void {
  if (version.enabled && version.keyOps.includes(operation)) return;
  throw new HttpError({
    status: 403,
    code: 'Forbidden',
    innerCode: version.enabled ? 'KeyOperationForbidden' : 'KeyDisabled',
    message: version.enabled
      ? `Operation ${operation} is not permitted on this key.`
      : `Operation ${operation} is not allowed on a disabled key.`,
  });
}

function bundle(context: VaultContext, key: Key, version: KeyVersion): HttpResponse {
  const kid = kidOf(context, key, version);
  return answer(200, {
    key: { kid, ...publicHalf(version), key_ops: version.keyOps },
    attributes: attributesOf(context, version),
  });
}

function attributesOf({ vault }: VaultContext, version: KeyVersion): Record<string, unknown> {
  return {
    enabled: version.enabled,
    created: version.created,
    updated: version.created,
    recoveryLevel: recoveryLevel(vault),
    recoverableDays: vault.softDeleteRetentionInDays,
    exportable: false,
  };
}

function kidOf(context: VaultContext, key: Key, version: KeyVersion): string {
  return `${context.vaultUrl}/keys/${key.name}/${version.version}`;
}

function present(context: VaultContext, name: string): Key {
  const key = context.keys.find(context.vault.resourceId, name);
  if (key === undefined) throw keyNotFound(name);
  return key;
}

function versionOf(key: Key, version: string | undefined): KeyVersion {
  if (version === undefined) return newestVersion(key);
  const found = key.versions.find((each) => each.version === version.toLowerCase());
  if (found === undefined) throw keyNotFound(`${key.name}/${version}`);
  return found;
}

function read<Schema extends z.ZodType>(schema: Schema, request: HttpRequest): z.infer<Schema> {
  const parsed = schema.safeParse(jsonBody(request));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((each) => `${each.path.join('.')}: ${each.message}`);
  throw badParameter(`The request body is not valid. ${problems.join('; ')}`);
}
