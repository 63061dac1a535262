import { describe, expect, it } from 'vitest';
import { vaultOf } from './vault-address.ts';

describe('the vault that settings name', () => {
  it.each([
    [{ name: 'mp-kv' }, { name: 'mp-kv', url: 'https://mp-kv.vault.azure.net' }],
    [
      { url: 'https://mp-kv.vault.azure.cn' },
      { name: 'mp-kv', url: 'https://mp-kv.vault.azure.cn' },
    ],
    [{ url: 'http://127.0.0.1:8080' }, { name: '127.0.0.1:8080', url: 'http://127.0.0.1:8080' }],
    [
      { name: 'mp-kv', url: 'http://127.0.0.1:8080' },
      { name: 'mp-kv', url: 'http://127.0.0.1:8080' },
    ],
    [{}, null],
  ])('by %j is %j', (settings, vault) => {
    expect(vaultOf(settings)).toEqual(vault);
  });
});
