import type { AccessToken, TokenCredential } from '@azure/core-auth';
import { MispricedError } from '@mispriced/core';

/**
 * A credential whose failures are errors for people.
 *
 * @throws MispricedError `CREDENTIAL_REFUSED` where nobody is signed in.
 */
export function explainedCredential(credential: TokenCredential): {
  getToken: (...args: Parameters<TokenCredential['getToken']>) => Promise<AccessToken>;
} {
  return {
    getToken: async (...args) => {
      const given = await credential.getToken(...args).catch((error: unknown) => {
        if (error instanceof MispricedError) throw error;
        const reason = error instanceof Error ? error.message.split('\n')[0] : '';
        throw refused(`Signing in to Azure failed: ${reason ?? ''}`, error);
      });
      if (given === null) throw refused('Nobody is signed in.');
      return given;
    },
  };
}

function refused(message: string, cause?: unknown): MispricedError {
  const fix = 'Sign in with `az login`.';
  return new MispricedError({ code: 'CREDENTIAL_REFUSED', message, fix, cause });
}
