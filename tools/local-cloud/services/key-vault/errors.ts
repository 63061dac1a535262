import { HttpError } from '@mispriced/loopback-server';
import type { TokenClaims } from '../identity/tokens.ts';
import { vaultOperations, type VaultOperation } from './operations.ts';
import type { Vault } from './vault.ts';

/** 400 as Key Vault words a request it cannot read. */
export function badParameter(message: string): HttpError {
  return new HttpError({ status: 400, code: 'BadParameter', message });
}

/** 404: there is no such secret, or no such version of it. */
export function secretNotFound(name: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'SecretNotFound',
    message:
      `A secret with (name/id) ${name} was not found in this key vault. If you recently deleted ` +
      'this secret you may be able to recover it using the correct recovery command. For help ' +
      'resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182',
  });
}

/** 404: there is no such key, or no such version of it. */
export function keyNotFound(name: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'KeyNotFound',
    message:
      `A key with (name/id) ${name} was not found in this key vault. If you recently deleted this ` +
      'key you may be able to recover it using the correct recovery command. For help resolving ' +
      'this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182',
  });
}

/** 404: there is no such secret among the deleted ones. */
export function deletedSecretNotFound(name: string): HttpError {
  return new HttpError({
    status: 404,
    code: 'SecretNotFound',
    message: `Deleted Secret not found: ${name}`,
  });
}

/** 403: the secret is switched off. */
export function secretDisabled(): HttpError {
  return new HttpError({
    status: 403,
    code: 'Forbidden',
    innerCode: 'SecretDisabled',
    message: 'Operation get is not allowed on a disabled secret.',
  });
}

/** 409: the name is held by a deleted secret. */
export function secretIsDeleted(name: string): HttpError {
  return new HttpError({
    status: 409,
    code: 'Conflict',
    innerCode: 'ObjectIsDeletedButRecoverable',
    message:
      `Secret ${name} is currently in a deleted but recoverable state, and its name cannot be ` +
      'reused; in this state, the secret can only be recovered or purged.',
  });
}

/** 403: what is deleted stays until its time is up. */
export function purgeProtected(vault: Vault): HttpError {
  return new HttpError({
    status: 403,
    code: 'Forbidden',
    innerCode: 'ForbiddenByPolicy',
    message:
      'Operation "purge" is not allowed because purge protection is enabled for this vault. Key ' +
      'Vault service will automatically purge it after the retention period has passed.\r\n' +
      `Vault: ${vault.name};location=${vault.location}`,
  });
}

/** 403: the vault is closed to public networks, and loopback is one. */
export function closedToNetwork(vault: Vault): HttpError {
  return new HttpError({
    status: 403,
    code: 'Forbidden',
    innerCode: 'ForbiddenByConnection',
    message:
      'Public network access is disabled and request is not from a trusted service nor via an ' +
      `approved private link.\r\nVault: ${vault.name};location=${vault.location}`,
  });
}

/** 403 of a vault with access policies, none of which grants this to the caller. */
export function deniedByPolicy(args: {
  vault: Vault;
  claims: TokenClaims;
  operation: VaultOperation;
}): HttpError {
  const { vault, claims, operation } = args;
  return new HttpError({
    status: 403,
    code: 'Forbidden',
    innerCode: 'AccessDenied',
    message:
      `The user, group or application '${caller(claims)}' does not have ` +
      `${vaultOperations[operation].kind} ${vaultOperations[operation].permission} permission on key vault ` +
      `'${vault.name};location=${vault.location}'. For help resolving this issue, please see ` +
      'https://go.microsoft.com/fwlink/?linkid=2125287',
  });
}

/** 403 of a vault under role-based access, where no role grants this to the caller. */
export function deniedByRoles(args: {
  vault: Vault;
  claims: TokenClaims;
  action: string;
  resource: string;
}): HttpError {
  return new HttpError({
    status: 403,
    code: 'Forbidden',
    innerCode: 'ForbiddenByRbac',
    message: [
      'Caller is not authorized to perform action on resource.',
      'If role assignments, deny assignments or role definitions were changed recently, please ' +
        'observe propagation time.',
      `Caller: ${caller(args.claims)}`,
      `Action: '${args.action}'`,
      `Resource: '${args.resource.toLowerCase()}'`,
      'Assignment: (not found)',
      'DenyAssignmentId: null',
      'DecisionReason: null ',
      `Vault: ${args.vault.name};location=${args.vault.location}`,
      '',
    ].join('\r\n'),
  });
}

function caller(claims: TokenClaims): string {
  return `appid=${claims.appid};oid=${claims.oid};iss=${claims.iss}`;
}
