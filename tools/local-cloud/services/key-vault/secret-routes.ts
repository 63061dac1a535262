import { answer, type HttpResponse, jsonBody } from '@mispriced/loopback-server';
import { secretDisabled, secretIsDeleted, secretNotFound } from './errors.ts';
import type { VaultContext } from './key-vault-context.ts';
import { readSetSecret, readUpdateSecret } from './limits.ts';
import type { VaultRoute } from './vault-route.ts';
import { page } from './pages.ts';
import { deletion, secretBundle, secretItem } from './present.ts';
import { newSecretVersion, type Secret, type SecretVersion } from './secret-store.ts';

/** What can be done with secrets that are there. */
export const secretRoutes: readonly VaultRoute[] = [
  {
    method: 'GET',
    path: '/secrets',
    operation: 'list',
    handle: ({ request, context }) => {
      const secrets = context.secrets.all(context.vault.resourceId);
      const items = secrets
        .filter((secret) => secret.deleted === null)
        .map((secret) =>
          secretItem({
            vault: context.vault,
            id: `${context.vaultUrl}/secrets/${secret.name}`,
            version: newest(secret),
          }),
        );
      return answer(200, page({ items, query: request.query, url: `${context.vaultUrl}/secrets` }));
    },
  },
  {
    method: 'GET',
    path: '/secrets/{name}/versions',
    operation: 'list',
    handle: ({ request, parameters, context }) => {
      const secret = present(context, parameters['name'] ?? '');
      const url = `${context.vaultUrl}/secrets/${secret.name}`;
      const items = secret.versions.map((version) =>
        secretItem({ vault: context.vault, id: `${url}/${version.version}`, version }),
      );
      return answer(200, page({ items, query: request.query, url: `${url}/versions` }));
    },
  },
  ...['/secrets/{name}', '/secrets/{name}/{version}'].map((path): VaultRoute => ({
    method: 'GET',
    path,
    operation: 'get',
    handle: ({ parameters, context }) => {
      const secret = present(context, parameters['name'] ?? '');
      const version = versionOf(secret, parameters['version']);
      if (!version.enabled) throw secretDisabled();
      return bundle({ context, secret, version, withValue: true });
    },
  })),
  {
    method: 'PUT',
    path: '/secrets/{name}',
    operation: 'set',
    handle: ({ request, parameters, context }) => {
      const name = parameters['name'] ?? '';
      const existing = context.secrets.find(context.vault.resourceId, name);
      if (existing !== undefined && existing.deleted !== null) throw secretIsDeleted(name);
      const wanted = readSetSecret(jsonBody(request));
      const version: SecretVersion = {
        version: newSecretVersion(),
        value: wanted.value,
        contentType: wanted.contentType ?? null,
        tags: wanted.tags ?? {},
        enabled: wanted.attributes?.enabled ?? true,
        notBefore: wanted.attributes?.nbf ?? null,
        expires: wanted.attributes?.exp ?? null,
        created: context.nowSeconds,
        updated: context.nowSeconds,
      };
      const secret: Secret = {
        name: existing?.name ?? name,
        versions: [...(existing?.versions ?? []), version],
        deleted: null,
      };
      context.secrets.put(context.vault.resourceId, secret);
      return bundle({ context, secret, version, withValue: true });
    },
  },
  ...['/secrets/{name}', '/secrets/{name}/{version}'].map((path): VaultRoute => ({
    method: 'PATCH',
    path,
    operation: 'update',
    handle: ({ request, parameters, context }) => {
      const before = present(context, parameters['name'] ?? '');
      const changed = versionOf(before, parameters['version']);
      const wanted = readUpdateSecret(jsonBody(request));
      const { nbf, exp, enabled } = wanted.attributes ?? {};
      const version: SecretVersion = {
        ...changed,
        contentType: wanted.contentType ?? changed.contentType,
        tags: wanted.tags ?? changed.tags,
        enabled: enabled ?? changed.enabled,
        notBefore: nbf === undefined ? changed.notBefore : nbf,
        expires: exp === undefined ? changed.expires : exp,
        updated: context.nowSeconds,
      };
      const versions = before.versions.map((each) => (each === changed ? version : each));
      const secret: Secret = { ...before, versions };
      context.secrets.put(context.vault.resourceId, secret);
      return bundle({ context, secret, version, withValue: false });
    },
  })),
  {
    method: 'DELETE',
    path: '/secrets/{name}',
    operation: 'delete',
    handle: ({ parameters, context }) => {
      const before = present(context, parameters['name'] ?? '');
      const retentionSeconds = context.vault.softDeleteRetentionInDays * 86_400;
      const at = context.nowSeconds;
      const secret: Secret = { ...before, deleted: { at, purgeAt: at + retentionSeconds } };
      context.secrets.put(context.vault.resourceId, secret);
      const shown = bundle({ context, secret, version: newest(secret), withValue: false });
      return answer(200, { ...(shown.body as object), ...deletion(context.vaultUrl, secret) });
    },
  },
];

/** The version that a request without one means. */
export function newest(secret: Secret): SecretVersion {
  const version = secret.versions.at(-1);
  if (version === undefined) throw secretNotFound(secret.name);
  return version;
}

/** A version as an answer. */
export function bundle(args: {
  context: VaultContext;
  secret: Secret;
  version: SecretVersion;
  withValue: boolean;
}): HttpResponse {
  const { vault, vaultUrl } = args.context;
  return answer(200, secretBundle({ ...args, vault, vaultUrl }));
}

function present(context: VaultContext, name: string): Secret {
  const secret = context.secrets.find(context.vault.resourceId, name);
  if (secret?.deleted !== null) throw secretNotFound(name);
  return secret;
}

function versionOf(secret: Secret, version: string | undefined): SecretVersion {
  if (version === undefined) return newest(secret);
  const found = secret.versions.find((each) => each.version === version.toLowerCase());
  if (found === undefined) throw secretNotFound(`${secret.name}/${version}`);
  return found;
}
