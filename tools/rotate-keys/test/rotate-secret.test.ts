import { Secret } from '@mispriced/config';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rotateSecret } from '../src/index.ts';
import { findSecrets } from './support/find-secrets.ts';
import { type KeyStack, openKeyStack, ownSettings } from './support/key-stack.ts';

const name = 'trading-api-key';
const [first, second, bad] = ['first-market-key', 'second-market-key', 'no-key-of-the-market'];
let stack: KeyStack;

beforeAll(async () => {
  stack = await openKeyStack();
  for (const key of [first, second, bad]) stack.everSecret.add(key);
  await stack.rotate();
  await stack.secrets.setSecret(name, first);
  await stack.putSettings({
    ...ownSettings(stack.vaultUrl),
    MISPRICED__TRADING_API_KEY: `@Microsoft.KeyVault(SecretUri=${stack.vaultUrl}/secrets/${name})`,
    // The market takes both while one takes the other's place.
    MARKET_KEYS: `${first},${second}`,
  });
});
afterAll(() => stack.close());

const rotate = async (value: string) => {
  const { options } = stack;
  const result = await rotateSecret(
    { ...options, key: 'trading_api_key', value: new Secret(value) },
    stack.dependencies(),
  );
  stack.heard.push(JSON.stringify(result));
  return result;
};

/** The versions, the newest first: whether each is enabled. */
async function enabledVersions(): Promise<readonly (boolean | undefined)[]> {
  const versions = [];
  for await (const each of stack.secrets.listPropertiesOfSecretVersions(name)) versions.push(each);
  return versions
    .toSorted((one, other) => Number(other.createdOn) - Number(one.createdOn))
    .map(({ enabled }) => enabled);
}

it('without code that could be asked, it is written and said to be unwatched', async () => {
  expect(await rotate(first)).toMatchObject({ status: 'unwatched', restarts: [] });
  expect((await stack.secrets.getSecret(name)).value).toBe(first);
  await stack.deploy();
  await stack.untilWell();
});

it('by reference: the app is started anew, has the new value, and the older is disabled', async () => {
  const before = (await stack.secrets.getSecret(name)).properties.version;
  const result = await rotate(second);
  expect(result).toMatchObject({ status: 'in-use', disabled: 1, restarts: [{}] });
  expect(result.version).not.toBe(before);
  const now = await stack.secrets.getSecret(name);
  expect(now).toMatchObject({ value: second, properties: { version: result.version } });
  expect(await enabledVersions()).toEqual([true, false]);
  expect(await stack.status()).toMatchObject({ healthy: true });
  expect(await rotate(second), 'again').toMatchObject({ version: result.version, disabled: 0 });
});

it('a value that is no good is taken back, seen to be so, and disabled', async () => {
  const undone: unknown = await rotate(bad).catch((error: unknown) => error);
  expect(undone).toMatchObject({ code: 'ROTATION_UNDONE' });
  expect(String(undone)).toContain('the market refuses the key');
  stack.heard.push(String(undone));
  expect((await stack.secrets.getSecret(name)).value).toBe(second);
  expect((await enabledVersions()).slice(0, 3)).toEqual([true, false, true]);
  expect(await stack.status()).toMatchObject({ healthy: true });
});

it('an app that is not well is left alone', async () => {
  const settings = await stack.settings();
  await stack.putSettings({ ...settings, MARKET: 'away' });
  await stack.untilStatus((status) => status?.healthy === false, 'The app does not mind.');
  await expect(rotate(first)).rejects.toMatchObject({ code: 'ROTATION_REFUSED' });
  expect((await stack.secrets.getSecret(name)).value).toBe(second);
  await expect(
    rotateSecret(
      { ...stack.options, key: 'storage.connection_string', value: new Secret('x') },
      stack.dependencies(),
    ),
  ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

it('no line, journal or blob ever held a value', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
