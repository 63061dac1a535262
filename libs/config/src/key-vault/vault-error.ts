import { classifyVaultError } from './classify-vault-error.ts';
import type { VaultAccess } from './vault-address.ts';
import type { VaultOperation } from './vault-failure.ts';

/**
 * A vault said no to one of our commands, or nothing: the code, message and fix that every error for
 * people has. It never holds a secret, nor the SDK's own words.
 */
class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code = 'CREDENTIAL_REFUSED';
  readonly fix: string;
  readonly retryable: boolean;

  constructor(failure: { message: string; fix: string; retryable: boolean }) {
    super(failure.message);
    this.fix = failure.fix;
    this.retryable = failure.retryable;
  }
}

/**
 * Puts what a vault's client threw into words for people: vault, secret, identity, and the
 * permission that is missing.
 */
export function vaultError(args: {
  thrown: unknown;
  operation: VaultOperation;
  secretName: string;
  access: VaultAccess;
}): VaultError {
  const { thrown, operation, secretName, access } = args;
  const { vault, identity, timeoutSeconds } = access;
  const answer = classifyVaultError({
    thrown,
    operation,
    secretName,
    timeoutSeconds,
    caller: { vaultName: vault.name, vaultUrl: vault.url, identity: identity.description },
  });
  if (answer.status === 'failed') return new VaultError(answer);
  return new VaultError({
    message: `The vault ${vault.name} (${vault.url}) is not there.`,
    fix: 'Check key_vault.name or key_vault.url, and that the environment is up.',
    retryable: false,
  });
}
