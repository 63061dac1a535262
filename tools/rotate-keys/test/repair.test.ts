import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type KeyStack,
  openRunningKeyStack,
  ownSettings,
  secretName,
  vaultName,
} from './support/key-stack.ts';
import { resetBoth } from './support/reset-both.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());

describe('an app whose keys were reset behind its back', () => {
  beforeEach(() => resetBoth(stack));

  it('is not rotated but named, and nothing is changed', async () => {
    const keys = await stack.keys();
    await expect(stack.rotate()).rejects.toMatchObject({
      code: 'KEYS_BROKEN',
      message: expect.stringContaining(`${secretName} of the vault`) as string,
    });
    expect(await stack.keys()).toEqual(keys);
  });

  it('is not passed over by a scheduled call, though its keys are young', async () => {
    await expect(stack.rotate({ maxAgeDays: 60 })).rejects.toMatchObject({ code: 'KEYS_BROKEN' });
  });

  it('works again after a repair', async () => {
    const result = await stack.rotate({ repair: true });
    expect(result.accounts).toMatchObject([{ status: 'repaired', consumers: [{ holds: 'key1' }] }]);
    expect(await stack.status()).toMatchObject({ healthy: true });
    const again = await stack.rotate({ repair: true });
    expect(again.accounts).toMatchObject([{ status: 'sound', restarts: [] }]);
  });

  if (provesAll) {
    it('works again where the secret was deleted as well', async () => {
      await (await stack.secrets.beginDeleteSecret(secretName)).pollUntilDone();
      const result = await stack.rotate({ repair: true });
      expect(result.accounts).toMatchObject([{ status: 'repaired' }]);
      expect(await stack.status()).toMatchObject({ healthy: true });
    });
  }

  if (provesAll) {
    it('works again where the secret was disabled', async () => {
      const { properties } = await stack.secrets.getSecret(secretName);
      await stack.secrets.updateSecretProperties(secretName, properties.version ?? '', {
        enabled: false,
      });
      const result = await stack.rotate({ repair: true });
      expect(result.accounts).toMatchObject([{ status: 'repaired' }]);
      expect(await stack.status()).toMatchObject({ healthy: true });
    });
  }

  if (provesAll) {
    it('works again where the own setting stood on an old version of the secret', async () => {
      const { properties } = await stack.secrets.getSecret(secretName);
      await stack.rotate({ repair: true });
      const own = ownSettings(stack.vaultUrl);
      const pinned = `@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secretName};SecretVersion=${properties.version ?? ''})`;
      await stack.putSettings({ ...own, MISPRICED__STORAGE__CONNECTION_STRING: pinned });
      await expect(stack.rotate()).rejects.toMatchObject({
        code: 'KEYS_BROKEN',
        message: expect.stringMatching(/CONNECTION_STRING .* holds a key that is dead/) as string,
      });
      await stack.rotate({ repair: true });
      expect(await stack.settings()).toEqual(own);
      await stack.untilWell();
    });
  }

  if (provesAll) {
    it('works again with all else that held a key: bare, tagged, deleted', async () => {
      const { value = '' } = await stack.secrets.getSecret(secretName);
      const bare = /AccountKey=([^;]+)/.exec(value)?.[1] ?? '';
      const tags = { CredentialId: 'key1', ProviderAddress: stack.accountId };
      await stack.secrets.setSecret('bare-key', bare);
      await stack.secrets.setSecret('deleted-key', bare, { tags });
      await (await stack.secrets.beginDeleteSecret('deleted-key')).pollUntilDone();
      const disabled = await stack.secrets.setSecret('disabled-key', bare, { tags });
      const version = disabled.properties.version ?? '';
      await stack.secrets.updateSecretProperties('disabled-key', version, { enabled: false });
      const refers = `@Microsoft.KeyVault(VaultName=${vaultName};SecretName=deleted-key)`;
      await stack.putSettings({ ...ownSettings(stack.vaultUrl), BARE: bare, REFERS: refers });
      await expect(stack.rotate({ repair: true })).rejects.toMatchObject({
        code: 'ROTATION_UNFINISHED',
        message: expect.stringMatching(/disabled-key .*could not be mended: its newest/) as string,
      });
      const { key1 } = await stack.keys();
      for (const name of ['bare-key', 'deleted-key']) {
        expect((await stack.secrets.getSecret(name)).value, name).toBe(key1);
      }
      expect(await stack.settings()).toMatchObject({ BARE: key1, REFERS: refers });
      await stack.secrets.updateSecretProperties('disabled-key', version, { enabled: true });
      await stack.rotate({ repair: true });
      expect((await stack.secrets.getSecret('disabled-key')).value).toBe(key1);
      for (const name of ['bare-key', 'deleted-key', 'disabled-key']) {
        await (await stack.secrets.beginDeleteSecret(name)).pollUntilDone();
      }
      await stack.putSettings(ownSettings(stack.vaultUrl));
      await stack.untilWell();
    });
  }

  it.each([
    ['are gone', {}],
    ['hold garbage', { MISPRICED__STORAGE__CONNECTION_STRING: 'AccountName=;AccountKey=' }],
  ])('works again where settings %s', async (_, damage) => {
    const whole = ownSettings(stack.vaultUrl);
    const { MISPRICED__SCHEDULE__DAILY_TRADE: schedule = '' } = whole;
    await stack.putSettings({
      MISPRICED__SCHEDULE__DAILY_TRADE: schedule,
      AzureWebJobsStorage: 'copied by half',
      ...damage,
    });
    const result = await stack.rotate({ repair: true });
    expect(result.accounts).toMatchObject([{ status: 'repaired' }]);
    expect(result.accounts[0]?.restarts).toHaveLength(1);
    expect(await stack.settings()).toEqual(whole);
    // The restart that the garbage brought about may come after the one that mended it.
    await stack.untilWell();
  });

  if (provesAll) {
    it('works again where a rotation was under way', async () => {
      await stack.rotate({ repair: true });
      const stopped = stack.rotate(
        {},
        {
          onEffect: (name, moment) =>
            name.startsWith('refresh') && moment === 'before'
              ? Promise.reject(new Error('The machine went away.'))
              : Promise.resolve(),
        },
      );
      await expect(stopped).rejects.toThrow();
      await resetBoth(stack);
      await expect(stack.rotate()).rejects.toMatchObject({ code: 'KEYS_BROKEN' });
      await stack.rotate({ repair: true });
      expect(await stack.status()).toMatchObject({ healthy: true });
      expect((await stack.rotate()).accounts).toMatchObject([{ status: 'rotated' }]);
    });
  }
});

it('no line, journal or blob ever held a key', async () => {
  const { findSecrets } = await import('./support/find-secrets.ts');
  expect(await findSecrets(stack)).toEqual([]);
});
