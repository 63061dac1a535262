import { expect } from 'vitest';
import type { AzureContract } from '../azure-contract.ts';
import { secretsIn } from '@mispriced/testing';
import type { TestedEnvironment } from '../bench/tested-environment.ts';
import { writtenText } from '../temporary-project.ts';

/** Every body that the resource manager was sent since the last look is one that Azure accepts. */
export async function sendWhatAzureAccepts(
  { bench }: TestedEnvironment,
  contract: AzureContract,
): Promise<void> {
  const { local } = bench;
  const asked = local.requests().filter(({ service }) => service === 'resource-manager');
  // A record that is full has dropped what was sent first.
  expect(asked.length).toBeLessThan(5_000);
  const sent = asked.filter(({ body }) => body !== null);
  expect(sent.length).toBeGreaterThan(25);
  expect(sent.filter(({ method }) => method !== 'PUT')).toEqual([]);
  const violations = sent.flatMap(({ path, apiVersion, body }) =>
    contract.violations({ path, apiVersion: apiVersion ?? '', body }),
  );
  expect(violations).toEqual([]);
  await fetch(`${local.addresses.origin}/_control/requests`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${local.controlToken}` },
  });
}

/** No known secret stands in a state, a setting, an output, a report or a log, in any form. */
export async function keepSecrets(
  { bench, projectFolder }: TestedEnvironment,
  outputs: Record<string, unknown>,
): Promise<void> {
  const { secrets, heard, localFolder } = bench;
  expect(secrets.size).toBeGreaterThan(8);
  const written = await writtenText(projectFolder);
  // Never the text itself in what a failure prints: it is long, and would tell the secret.
  for (const expected of ['mispriced:storageAuth', 'azure-native:storage:StorageAccount']) {
    expect([expected, written.includes(expected)]).toEqual([expected, true]);
  }
  expect(secretsIn(written, secrets)).toEqual([]);
  expect(/AccountKey=|[?&]sig=/.test(written)).toBe(false);
  expect(secretsIn(JSON.stringify(outputs), secrets)).toEqual([]);
  expect(heard.length).toBeGreaterThan(50);
  expect(secretsIn(heard.join('\n'), secrets)).toEqual([]);
  expect(secretsIn(await writtenText(localFolder), secrets)).toEqual([]);
}
