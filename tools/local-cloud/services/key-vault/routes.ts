import {
  findRoute,
  HttpError,
  type HttpRequest,
  type HttpResponse,
} from '@mispriced/loopback-server';
import { notSimulated } from '../../src/not-simulated.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { deletedSecretRoutes } from './deleted-secret-routes.ts';
import { closedToNetwork } from './errors.ts';
import { keyRoutes } from './key-routes.ts';
import type { KeyVaultContext } from './key-vault-context.ts';
import { checkApiVersion, checkSecretName } from './limits.ts';
import { secretRoutes } from './secret-routes.ts';

const routes = [...secretRoutes, ...deletedSecretRoutes, ...keyRoutes];

/**
 * Answers as the vault of that name: first who asks, then what they may, then what they want, so
 * that a stranger learns nothing of what a vault holds.
 */
export async function handleVaultRequest(args: {
  request: HttpRequest;
  vaultName: string;
  context: KeyVaultContext;
}): Promise<HttpResponse> {
  const { context } = args;
  // A client that means the newest version leaves the place of the version empty.
  const request = { ...args.request, path: args.request.path.replace(/\/{2,}/g, '/') };
  const vault = context.vaults(args.vaultName);
  // On Azure there would be no such host at all.
  if (vault === undefined) throw noSuchVault(args.vaultName);
  const { tenantId } = context.directory;
  const claims = await authenticate({
    request,
    tokens: context.tokens,
    addresses: context.addresses,
    tenantId,
  });
  checkApiVersion(request.query.get('api-version'));
  if (!vault.publicNetworkAccess) throw closedToNetwork(vault);
  const found = findRoute(routes, request);
  if (found === undefined) throw notSimulated(`${request.method} ${request.path} of Key Vault`);
  const { operation } = found.route;
  const name = found.parameters['name'] ?? null;
  const grantees = context.directory.grantees(claims.oid);
  const { permissions } = context;
  authorize({ vault, claims, operation, name, grantees, permissions });
  if (name !== null) checkSecretName(name);
  return found.route.handle({
    request,
    parameters: found.parameters,
    context: {
      ...context,
      vault,
      vaultUrl: context.addresses.hosted('vault', vault.name),
      nowSeconds: Math.floor(context.clock().getTime() / 1000),
    },
  });
}

function noSuchVault(name: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'VaultNotFound',
    message: `There is no key vault ${name}. On Azure its host name would not resolve.`,
  });
}
