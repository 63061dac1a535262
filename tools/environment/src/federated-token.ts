import { readFile } from 'node:fs/promises';
import { MispricedError } from '@mispriced/core';

const audience = 'api://AzureADTokenExchange';

/**
 * Where another issuer's token comes from, by the variables that the azure-native provider reads:
 * ARM_USE_OIDC with a token, with a file of one, or with what a job on GitHub is given to ask for
 * one. Undefined where ARM_USE_OIDC does not say so.
 */
export function federatedTokenOf(
  environment: NodeJS.ProcessEnv,
  request: typeof fetch = fetch,
): (() => Promise<string>) | undefined {
  if (environment['ARM_USE_OIDC'] !== 'true') return undefined;
  return async () => {
    const token = environment['ARM_OIDC_TOKEN'];
    if (token !== undefined && token !== '') return token;
    const file = environment['ARM_OIDC_TOKEN_FILE_PATH'];
    if (file !== undefined && file !== '') return (await readFile(file, 'utf8')).trim();
    return askGitHub(environment, request);
  };
}

async function askGitHub(environment: NodeJS.ProcessEnv, request: typeof fetch): Promise<string> {
  const url = environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const bearer = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (url === undefined || bearer === undefined) {
    throw new MispricedError({
      code: 'CREDENTIAL_REFUSED',
      message: 'ARM_USE_OIDC is set, and this job may not ask for a token of its own.',
      fix: 'Give the job `permissions: id-token: write`. A pull request from a fork never has it.',
    });
  }
  const answer = await request(`${url}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  const { value } = answer.ok ? ((await answer.json()) as { value?: unknown }) : {};
  if (typeof value === 'string') return value;
  throw new MispricedError({
    code: 'CREDENTIAL_REFUSED',
    message: `GitHub gave this job no token: it answered ${answer.status}.`,
    fix: 'Run the job again; its right to ask ends with it.',
  });
}
