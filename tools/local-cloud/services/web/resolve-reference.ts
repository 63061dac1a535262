import { HttpError } from '@mispriced/loopback-server';
import type { Resource } from '../engine/resource.ts';
import { sameId } from '../engine/resource-id.ts';
import { authorize } from '../key-vault/authorize.ts';
import { vaultLookup } from '../key-vault/vault-view.ts';
import { parseReference } from './key-vault-reference.ts';
import type { ReferenceStatus, Resolution } from './resolution.ts';
import { assignedIds, identitiesOf, principalOf } from './site-identities.ts';
import type { WebContext } from './web-context.ts';

/** Fetches what a reference points at, as the site's identity. */
export function resolveReference(args: {
  context: WebContext;
  site: Resource;
  text: string;
}): Resolution {
  const { context, site } = args;
  const named = site.body.properties?.['keyVaultReferenceIdentity'];
  const usesSystem = typeof named !== 'string' || /^systemassigned$/i.test(named);
  const reference = parseReference(args.text);
  const outcome = (
    status: ReferenceStatus,
    details: string,
    found: { version: string; value: string } | null = null,
  ): Resolution => ({
    status,
    details,
    reference,
    identityType: usesSystem ? 'SystemAssigned' : 'UserAssigned',
    activeVersion: found?.version ?? null,
    value: found?.value ?? null,
  });
  if (reference === null) {
    return outcome('InvalidSyntax', 'The reference is not well-formed.');
  }
  const objectId = usesSystem
    ? identitiesOf(context, site.id).systemAssigned
    : assignedIds(site).some((id) => sameId(id, named))
      ? principalOf(context, named)
      : undefined;
  if (objectId === null || objectId === undefined) {
    return outcome('MSINotEnabled', 'The site has no such managed identity.');
  }
  const principal = context.directory.find(objectId);
  if (principal === undefined) {
    return outcome('UnauthorizedClient', 'The identity is not known to the directory.');
  }
  const fault = context.referenceFault(reference);
  if (fault === 'slow') return outcome('FetchTimedOut', 'Key Vault did not answer in time.');
  if (fault === 'failed') return outcome('OtherReasons', 'Key Vault answered with an error.');
  const vault = vaultLookup(context.resources)(reference.vaultName);
  if (vault === undefined) {
    return outcome('VaultNotFound', `There is no vault ${reference.vaultName}.`);
  }
  try {
    authorize({
      vault,
      claims: {
        oid: objectId,
        appid: principal.appId ?? '',
        tid: context.directory.tenantId,
        iss: context.tokens.issuer,
        aud: '',
        iat: 0,
        nbf: 0,
        exp: 0,
      },
      operation: 'get',
      name: reference.secretName,
      grantees: context.directory.grantees(objectId),
      permissions: context.permissions,
    });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return outcome('AccessToKeyVaultDenied', error.message);
  }
  const secret = context.secrets.find(vault.resourceId, reference.secretName);
  if (secret?.deleted !== null) {
    return outcome('SecretNotFound', `There is no secret ${reference.secretName}.`);
  }
  const version =
    reference.secretVersion === null
      ? secret.versions.at(-1)
      : secret.versions.find((each) => each.version === reference.secretVersion);
  if (version === undefined) {
    return outcome(
      'SecretVersionNotFound',
      `There is no version ${reference.secretVersion ?? ''}.`,
    );
  }
  if (!version.enabled) return outcome('OtherReasons', 'The secret is disabled.');
  return outcome('Resolved', 'Reference has been successfully resolved.', version);
}
