import { z } from 'zod';
import {
  isSignInError,
  signInFailure,
  signInTimedOut,
  vaultOperations,
  type VaultCaller,
  type VaultFailure,
  type VaultOperation,
} from './vault-failure.ts';

/**
 * What of an SDK error is used. Azure's body is `{error: {code, message, innererror: {code}}}`, and the
 * SDK spells the inner one `innerError`.
 */
const sdkError = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  details: z
    .object({
      error: z
        .object({
          message: z.string().optional(),
          innerError: z.object({ code: z.string().optional() }).nullish(),
        })
        .optional(),
    })
    .optional()
    .catch(undefined),
});

/** What came of asking for one secret where no value came. */
export type VaultAnswer =
  { readonly status: 'absent' } | ({ readonly status: 'failed' } & VaultFailure);

function grant(caller: VaultCaller, operation: VaultOperation, byRole: boolean): string {
  return byRole
    ? `Give ${caller.identity} the role "${vaultOperations[operation].role}" on the vault ${caller.vaultName} (a new role takes a few minutes to count).`
    : `Give ${caller.identity} the permission \`${operation}\` on secrets in an access policy of the vault ${caller.vaultName}; \`pulumi up\` sets it.`;
}

function forbidden(
  attempt: { operation: VaultOperation; secretName: string },
  caller: VaultCaller,
  error: z.infer<typeof sdkError>,
): VaultFailure {
  const { operation, secretName } = attempt;
  const inner = error.details?.error?.innerError?.code ?? '';
  const words = error.details?.error?.message ?? '';
  const where = `the vault ${caller.vaultName}`;
  if (inner === 'SecretDisabled' || /disabled secret/i.test(words)) {
    return {
      reason: 'secret-disabled',
      message: `The secret ${secretName} in ${where} is disabled.`,
      fix: `Enable it, or write a new version with \`npx mispriced secrets set\`.`,
      retryable: false,
    };
  }
  if (inner === 'ForbiddenByFirewall' || inner === 'ForbiddenByConnection') {
    return {
      reason: 'network-refused',
      message: `The network rules of ${where} let no request from here in (${inner}).`,
      fix: `Let the app's outbound addresses or virtual network in, or run where they do.`,
      retryable: false,
    };
  }
  const byRole = inner === 'ForbiddenByRbac';
  const { verb, dataAction } = vaultOperations[operation];
  const needed = byRole
    ? `the data action ${dataAction}`
    : `the permission \`${operation}\` on secrets`;
  return {
    reason: 'permission-missing',
    message:
      `${caller.identity} may not ${verb}${secretName === '' ? '' : ` ${secretName}`} in ${where}: it lacks ${needed}` +
      (inner === '' ? '.' : ` (${inner}).`),
    fix: grant(caller, operation, byRole),
    retryable: false,
  };
}

/** Puts an error of the SDK into words for people. Azure's own texts are not repeated. */
export function classifyVaultError(args: {
  thrown: unknown;
  operation: VaultOperation;
  /** Empty where the operation is about no single secret. */
  secretName: string;
  caller: VaultCaller;
  timeoutSeconds: number;
}): VaultAnswer {
  const { thrown, operation, secretName, caller, timeoutSeconds } = args;
  const { verb } = vaultOperations[operation];
  const tried = secretName === '' ? verb : `${verb} ${secretName}`;
  const failed = (failure: VaultFailure): VaultAnswer => ({ status: 'failed', ...failure });
  if (!(thrown instanceof Error)) throw thrown;
  if (isSignInError(thrown)) return failed(signInFailure(thrown, caller));
  if (thrown.name === 'AbortError' || thrown.name === 'TimeoutError') {
    return failed(signInTimedOut(caller, timeoutSeconds));
  }
  const error = sdkError.safeParse(thrown).data ?? {};
  if (error.statusCode === 404) return { status: 'absent' };
  if (error.statusCode === 403) return failed(forbidden({ operation, secretName }, caller, error));
  if (error.statusCode === 401) {
    return failed({
      reason: 'sign-in-refused',
      message: `The vault ${caller.vaultName} does not accept the token of ${caller.identity}: it may be of another tenant.`,
      fix: 'Check that identity.tenant_id is the tenant of the vault, and key_vault.url.',
      retryable: false,
    });
  }
  const inner = error.details?.error?.innerError?.code;
  if (error.statusCode === 409 && operation === 'set') {
    return failed({
      reason: 'secret-deleted',
      message: `The secret ${secretName} in the vault ${caller.vaultName} was deleted and can still be recovered${inner === undefined ? '' : ` (${inner})`}, so its name is taken.`,
      fix: `Recover it, then set it again: az keyvault secret recover --vault-name ${caller.vaultName} --name ${secretName}`,
      retryable: false,
    });
  }
  if (error.statusCode !== undefined) {
    return failed({
      reason: 'unexpected-answer',
      message: `The vault ${caller.vaultName} answered ${error.statusCode} when asked to ${tried}.`,
      fix: 'Try again in a minute; if it stays, see the health of the vault in the Azure portal.',
      retryable: error.statusCode === 429 || error.statusCode >= 500,
    });
  }
  if (error.code === undefined) {
    return failed({
      reason: 'unexpected-answer',
      message: `The attempt to ${tried} in the vault ${caller.vaultName} failed (${thrown.name}).`,
      fix: 'Check key_vault.url; if it is right, this is a defect of the program: please report it.',
      retryable: false,
    });
  }
  return failed({
    reason: 'unreachable',
    message: `The vault ${caller.vaultName} (${caller.vaultUrl}) cannot be reached (${error.code}).`,
    fix: 'Check key_vault.name or key_vault.url, that the vault exists, and the network.',
    retryable: true,
  });
}
