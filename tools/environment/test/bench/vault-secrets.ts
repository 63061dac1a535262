import { randomBytes } from 'node:crypto';
import type { Bench } from './open-bench.ts';

/**
 * Writes secrets into an environment's vault as one of its operators, as `secrets set` would, and
 * makes them known to the bench. Throws where the operator may not.
 */
export async function writeSecrets(
  bench: Bench,
  vaultName: string,
  names: readonly string[],
): Promise<void> {
  const { local, operator } = bench;
  const { origin } = local.addresses;
  const answer = await fetch(`${origin}/${local.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: operator.clientId,
      client_secret: operator.clientSecret,
      scope: 'https://vault.azure.net/.default',
    }),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  bench.secrets.add(token);
  for (const name of names) {
    const value = randomBytes(24).toString('base64');
    bench.secrets.add(value);
    const url = `${local.addresses.hosted('vault', vaultName)}/secrets/${name}?api-version=7.6`;
    const written = await fetch(url, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ value }),
    });
    if (!written.ok) throw new Error(`${name}: ${await written.text()}`);
  }
}

/** Makes both keys of a storage account known to the bench. */
export async function learnAccountKeys(bench: Bench, accountId: string): Promise<void> {
  const path = `${accountId}/listKeys?api-version=2024-01-01`;
  const { body } = await bench.local.request('POST', path);
  for (const { value } of (body as { keys: { value: string }[] }).keys) bench.secrets.add(value);
}
