/** Why secrets could not be read from a vault. Closed: a new way to fail gets a new word. */
type VaultFailureReason =
  | 'sign-in-refused'
  | 'permission-missing'
  | 'network-refused'
  | 'secret-deleted'
  | 'secret-disabled'
  | 'secret-expired'
  | 'unreachable'
  | 'unexpected-answer';

/** A failure to read a secret, in words for people: what is wrong, and what to do. */
export interface VaultFailure {
  readonly reason: VaultFailureReason;
  readonly message: string;
  readonly fix: string;
  readonly retryable: boolean;
}

/** What a message needs to know of the vault and of whoever asked. */
export interface VaultCaller {
  readonly vaultName: string;
  readonly vaultUrl: string;
  /** `the managed identity with client id …`. */
  readonly identity: string;
}

/** What was tried with a vault's secrets: the word in an access policy. */
export type VaultOperation = 'get' | 'set' | 'list';

/** What each operation is called, and what lets somebody do it. */
export const vaultOperations = {
  get: {
    verb: 'read the secret',
    dataAction: 'secrets/getSecret',
    role: 'Key Vault Secrets User',
  },
  set: {
    verb: 'write the secret',
    dataAction: 'secrets/setSecret',
    role: 'Key Vault Secrets Officer',
  },
  list: {
    verb: 'list the secrets',
    dataAction: 'secrets/readMetadata',
    role: 'Key Vault Secrets User',
  },
} as const satisfies Record<VaultOperation, { verb: string; dataAction: string; role: string }>;

const signInErrors = new Set([
  'AggregateAuthenticationError',
  'AuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

/** Entra's codes that have a plain meaning. */
const entraCodes: Readonly<Record<string, { says: string; fix: string }>> = {
  AADSTS7000215: {
    says: 'its client secret is not valid',
    fix: 'Set identity.client_secret to the value (not the id) of a secret of that application.',
  },
  AADSTS7000222: {
    says: 'its client secret has expired',
    fix: 'Make a new client secret for that application and set identity.client_secret to it.',
  },
  AADSTS700016: {
    says: 'the tenant has no application with that client id',
    fix: 'Check identity.client_id and identity.tenant_id.',
  },
  AADSTS90002: {
    says: 'there is no such tenant',
    fix: 'Check identity.tenant_id and identity.authority_url.',
  },
};

function signInFix(identity: string): string {
  if (identity.startsWith('your own')) {
    return 'Run `az login` (or `azd auth login`), with `--tenant` where the vault is in another tenant.';
  }
  if (identity.includes('managed')) {
    return (
      'In Azure, assign that identity to the app; on your own machine set identity.kind to ' +
      'developer (MISPRICED__IDENTITY__KIND=developer) and run `az login`.'
    );
  }
  return 'Check identity.client_id, identity.tenant_id, identity.client_secret and identity.authority_url.';
}

/** Whether an error came from the sign-in, not from the vault. */
export function isSignInError(error: Error): boolean {
  return signInErrors.has(error.name);
}

/** A sign-in that failed, in words for people. The SDK's own text is left out but for Entra's code. */
export function signInFailure(error: Error, caller: VaultCaller): VaultFailure {
  const code = /AADSTS\d+/.exec(error.message)?.[0];
  const known = code === undefined ? undefined : entraCodes[code];
  const otherTenant = error.message.includes('not configured to acquire tokens for tenant');
  const unnamed = otherTenant ? 'the vault is of another tenant' : 'no token was to be had';
  const says = known?.says ?? (code === undefined ? unnamed : 'Entra refused it');
  return {
    reason: 'sign-in-refused',
    message:
      `The vault ${caller.vaultName} was not read: ${caller.identity} could not sign in; ` +
      `${says}${code === undefined ? '' : ` (${code})`}.`,
    fix: known?.fix ?? signInFix(caller.identity),
    retryable: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|network_error/.test(error.message),
  };
}

/** A sign-in that gave no answer in time. */
export function signInTimedOut(caller: VaultCaller, seconds: number): VaultFailure {
  return {
    reason: 'unreachable',
    message:
      `The vault ${caller.vaultName} (${caller.vaultUrl}) was not read: neither it nor the ` +
      `sign-in of ${caller.identity} answered within ${seconds} seconds.`,
    fix: `Check the network and key_vault.url. ${signInFix(caller.identity)}`,
    retryable: true,
  };
}
