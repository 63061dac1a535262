import { expect, it } from 'vitest';
import { isReference, parseReference, versionlessReference } from './key-vault-reference.ts';

const place = {
  vault: { name: 'v', url: 'https://v.vault.azure.net' },
  secretName: 's',
  version: null,
};

it.each([
  ['@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)', place],
  ['@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s/)', place],
  [
    '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s/123)',
    { ...place, version: '123' },
  ],
  ['@microsoft.keyvault(VaultName=V;SecretName=s;SecretVersion=1)', { ...place, version: '1' }],
  [' @Microsoft.KeyVault( VaultName = v ; SecretName = s )', place],
  ['@Microsoft.KeyVault(VaultName=v)', null],
  ['@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/)', null],
  ['@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/keys/k)', null],
  ['plain', null],
])('reads %s', (text, expected) => {
  expect(parseReference(text)).toEqual(expected);
});

it('knows a reference by its beginning, and reads what it writes', () => {
  expect(isReference('@Microsoft.KeyVault(nothing)')).toBe(true);
  expect(isReference('opens-the-market')).toBe(false);
  expect(parseReference(versionlessReference('https://v.vault.azure.net/', 's'))).toEqual(place);
});
