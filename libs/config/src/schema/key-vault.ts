import { z } from 'zod';
import { serviceUrl } from './addresses.ts';
import { setting } from './setting.ts';
import { numberText, textLike } from './text-values.ts';

export const keyVaultSection = z.strictObject({
  name: setting(
    textLike(
      /^(?=.{3,24}$)[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/,
      'a vault’s name alone (3 to 24 letters, digits and single hyphens); an address goes into key_vault.url',
    ).optional(),
    { about: 'Name of the Key Vault that secrets are read from' },
  ),
  url: setting(serviceUrl().optional(), {
    about: 'Its address, where that is not https://NAME.vault.azure.net',
    sensitive: true,
  }),
  keys: setting(
    z.array(textLike(/^[a-z0-9_.]+$/, 'a key such as limits.per_run'), {
      error: 'a list of keys',
    }),
    {
      about: 'Keys to read from the vault besides the secrets the settings call for',
      kind: 'list',
    },
  ),
  cache_seconds: setting(numberText({ least: 0, most: 86_400, unit: 'seconds' }), {
    about: 'How long a secret read is used before it is read again',
  }),
  timeout_seconds: setting(numberText({ least: 1, most: 120, unit: 'seconds' }), {
    about: 'How long to wait for the vault',
  }),
});
