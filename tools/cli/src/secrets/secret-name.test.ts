import { Secret } from '@mispriced/config';
import { describe, expect, it } from 'vitest';
import { checkSecretValue, secretKey } from './secret-name.ts';

describe('names of secrets', () => {
  it('are refused where no setting is called so, with the one that was meant', () => {
    expect(secretKey('trading_api_key')).toBe('trading_api_key');
    expect(secretKey('secrets.vendor_key')).toBe('secrets.vendor_key');
    expect(() => secretKey('trading-api-key')).toThrow('did you mean trading_api_key');
    expect(() => secretKey('trading_api_kee')).toThrow('did you mean trading_api_key');
    expect(() => secretKey('secrets')).toThrow('No setting is called so');
  });
});

describe('values of secrets', () => {
  it('are refused where their setting could not have them, and not repeated', () => {
    expect(() => {
      checkSecretValue('trading_api_key', new Secret('good'));
    }).not.toThrow();
    for (const [key, value] of [
      ['trading_api_key', 'two\nlines'],
      ['secrets.vendor_key', ' spaced '],
      ['limits.per_run', 'plenty-of-money'],
      ['key_vault.name', 'no vault'],
    ] as const) {
      const check = (): void => {
        checkSecretValue(key, new Secret(value));
      };
      expect(check).toThrow(`The value cannot be that of ${key}`);
      expect(check).not.toThrow(value);
    }
  });
});
