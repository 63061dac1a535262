import { ArmClient } from '@mispriced/azure';
import { expect, it } from 'vitest';
import { listAccounts } from './storage-keys.ts';
import { listVaults } from './vault.ts';

const endpoint = 'https://arm.test';

/** A resource manager that gives one of the items a page. */
function paging(items: readonly object[]): ArmClient {
  return new ArmClient({
    endpoint,
    audience: endpoint,
    credential: {
      getToken: () => Promise.resolve({ token: 'a token', expiresOnTimestamp: Infinity }),
    },
    fetch: (input) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const page = Number(url.searchParams.get('page'));
      const isLast = page === items.length - 1;
      url.searchParams.set('page', String(page + 1));
      const nextLink = isLast ? {} : { nextLink: url.href };
      return Promise.resolve(Response.json({ value: [items[page]], ...nextLink }));
    },
  });
}

const named = (properties: object) =>
  ['one', 'other'].map((name) => ({ id: name, name, properties }));
const names = (listed: readonly { name: string }[]) => listed.map(({ name }) => name);

it('lists the accounts of every page', async () => {
  const arm = paging(named({ primaryEndpoints: { blob: 'https://account.test' } }));
  expect(names(await listAccounts(arm, '/group'))).toEqual(['one', 'other']);
});

it('lists the vaults of every page', async () => {
  const arm = paging(named({ vaultUri: 'https://vault.test/' }));
  expect(names(await listVaults(arm, '/group'))).toEqual(['one', 'other']);
});
