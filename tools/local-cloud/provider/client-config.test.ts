import { expect, it } from 'vitest';
import type { CloudConnection } from '@mispriced/azure';
import { AzureNative } from './azure-native.ts';

const connection = (token: string): CloudConnection => ({
  endpoint: 'https://127.0.0.1:1',
  audience: 'https://127.0.0.1:1',
  subscriptionId: 'the-subscription',
  tenantId: 'the-tenant',
  clientId: 'the-client',
  credential: { getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }) },
  fetch,
});
const ask = (token: string, name = 'authorization:getClientConfig'): Promise<object> =>
  new AzureNative(connection(token)).invoke(`azure-native:${name}`);
const encoded = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

it('says who is signed in by the id that the directory has, not by that of the application', async () => {
  expect(await ask(encoded({ oid: 'the-object', appid: 'the-client' }))).toEqual({
    clientId: 'the-client',
    objectId: 'the-object',
    subscriptionId: 'the-subscription',
    tenantId: 'the-tenant',
  });
});

it('names what it cannot tell and what it does not serve', async () => {
  await expect(ask(encoded({}))).rejects.toThrow('no claim oid');
  await expect(ask('opaque')).rejects.toThrow('no claim oid');
  await expect(ask(encoded({}), 'storage:listStorageAccountKeys')).rejects.toThrow(
    'azure-native:storage:listStorageAccountKeys is not served',
  );
});
