import { z } from 'zod';
import { isSignInError, signInFailure, signInTimedOut } from './sign-in-failure.ts';
import type { VaultCaller, VaultFailure } from './vault-failure.ts';

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

function grant(caller: VaultCaller, byRole: boolean): string {
  return byRole
    ? `Give ${caller.identity} the role "Key Vault Secrets User" on the vault ${caller.vaultName} (a new role takes a few minutes to count).`
    : `Give ${caller.identity} the permission \`get\` on secrets in an access policy of the vault ${caller.vaultName}; \`pulumi up\` sets it.`;
}

function forbidden(
  secretName: string,
  caller: VaultCaller,
  error: z.infer<typeof sdkError>,
): VaultFailure {
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
  const needed = byRole ? 'the data action secrets/getSecret' : 'the permission `get` on secrets';
  return {
    reason: 'permission-missing',
    message:
      `${caller.identity} may not read the secret ${secretName} in ${where}: it lacks ${needed}` +
      (inner === '' ? '.' : ` (${inner}).`),
    fix: grant(caller, byRole),
    retryable: false,
  };
}

/** Puts an error of the SDK into words for people. Azure's own texts are not repeated. */
export function classifyVaultError(args: {
  thrown: unknown;
  secretName: string;
  caller: VaultCaller;
  timeoutSeconds: number;
}): VaultAnswer {
  const { thrown, secretName, caller, timeoutSeconds } = args;
  const failed = (failure: VaultFailure): VaultAnswer => ({ status: 'failed', ...failure });
  if (!(thrown instanceof Error)) throw thrown;
  if (isSignInError(thrown)) return failed(signInFailure(thrown, caller));
  if (thrown.name === 'AbortError' || thrown.name === 'TimeoutError') {
    return failed(signInTimedOut(caller, timeoutSeconds));
  }
  const error = sdkError.safeParse(thrown).data ?? {};
  if (error.statusCode === 404) return { status: 'absent' };
  if (error.statusCode === 403) return failed(forbidden(secretName, caller, error));
  if (error.statusCode === 401) {
    return failed({
      reason: 'sign-in-refused',
      message: `The vault ${caller.vaultName} does not accept the token of ${caller.identity}: it may be of another tenant.`,
      fix: 'Check that identity.tenant_id is the tenant of the vault, and key_vault.url.',
      retryable: false,
    });
  }
  if (error.statusCode !== undefined) {
    return failed({
      reason: 'unexpected-answer',
      message: `The vault ${caller.vaultName} answered ${error.statusCode} when asked for the secret ${secretName}.`,
      fix: 'Try again in a minute; if it stays, see the health of the vault in the Azure portal.',
      retryable: error.statusCode === 429 || error.statusCode >= 500,
    });
  }
  if (error.code === undefined) {
    return failed({
      reason: 'unexpected-answer',
      message: `Reading the secret ${secretName} from the vault ${caller.vaultName} failed (${thrown.name}).`,
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
