import { answer } from '@mispriced/loopback-server';
import { deletedSecretNotFound, purgeProtected } from './errors.ts';
import type { VaultContext } from './key-vault-context.ts';
import { page } from './pages.ts';
import { deletion, secretBundle, secretItem } from './present.ts';
import { bundle, newest } from './secret-routes.ts';
import type { Secret } from './secret-store.ts';
import type { VaultRoute } from './vault-route.ts';

/** What can be done with secrets that were deleted and are not yet gone for good. */
export const deletedSecretRoutes: readonly VaultRoute[] = [
  {
    method: 'GET',
    path: '/deletedsecrets',
    operation: 'listDeleted',
    handle: ({ request, context }) => {
      const { vault, vaultUrl } = context;
      const items = context.secrets
        .all(vault.resourceId)
        .filter((secret) => secret.deleted !== null)
        .map((secret) => ({
          ...secretItem({
            vault,
            id: `${vaultUrl}/secrets/${secret.name}`,
            version: newest(secret),
          }),
          ...deletion(vaultUrl, secret),
        }));
      return answer(200, page({ items, query: request.query, url: `${vaultUrl}/deletedsecrets` }));
    },
  },
  {
    method: 'GET',
    path: '/deletedsecrets/{name}',
    operation: 'getDeleted',
    handle: ({ parameters, context }) => {
      const { vault, vaultUrl } = context;
      const secret = deleted(context, parameters['name'] ?? '');
      const version = newest(secret);
      return answer(200, {
        ...secretBundle({ vault, vaultUrl, secret, version, withValue: false }),
        ...deletion(vaultUrl, secret),
      });
    },
  },
  {
    method: 'POST',
    path: '/deletedsecrets/{name}/recover',
    operation: 'recover',
    handle: ({ parameters, context }) => {
      const secret: Secret = {
        ...deleted(context, parameters['name'] ?? ''),
        deleted: null,
      };
      context.secrets.put(context.vault.resourceId, secret);
      return bundle({ context, secret, version: newest(secret), withValue: false });
    },
  },
  {
    method: 'DELETE',
    path: '/deletedsecrets/{name}',
    operation: 'purge',
    handle: ({ parameters, context }) => {
      const secret = deleted(context, parameters['name'] ?? '');
      if (context.vault.enablePurgeProtection) throw purgeProtected(context.vault);
      context.secrets.remove(context.vault.resourceId, secret.name);
      return answer(204);
    },
  },
];

function deleted(context: VaultContext, name: string): Secret {
  const secret = context.secrets.find(context.vault.resourceId, name);
  if (secret === undefined || secret.deleted === null) throw deletedSecretNotFound(name);
  return secret;
}
