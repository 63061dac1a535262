import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import { accountName, type KeyStack, openKeyStack } from './support/key-stack.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openKeyStack({ sharedKey: false });
});
afterAll(() => stack.close());

it('where the account refuses its keys none is in use, which is shown', async () => {
  const before = await stack.keys();
  const { accounts } = await stack.rotate();
  expect(accounts).toMatchObject([{ account: accountName, status: 'no-key-in-use' }]);
  const notes = accounts[0]?.notes.join('; ');
  expect(notes).toContain('allowSharedKeyAccess is false');
  expect(notes).toContain('storage refused a request that was signed with one');
  expect(notes).toContain('no secret and no setting holds one');
  expect(await stack.keys()).toEqual(before);
});

it('names what still holds one there', async () => {
  const { key1 } = await stack.keys();
  await stack.secrets.setSecret('left-over', `AccountName=${accountName};AccountKey=${key1}`);
  const { accounts } = await stack.rotate();
  expect(accounts[0]?.notes.join('; ')).toContain('left-over');
  await (await stack.secrets.beginDeleteSecret('left-over')).pollUntilDone();
});

it('says what it could not see where nobody may read the keys, and which role that takes', async () => {
  const read = { service: 'resource-manager', path: '/storageAccounts/[^/]*/listKeys$' } as const;
  const refused = { ...read, kind: 'status', status: 403, skip: 0, count: 1 } as const;
  stack.cloud.setFaults([refused]);
  const { accounts } = await stack.rotate();
  expect(accounts).toMatchObject([{ account: accountName, status: 'no-key-in-use' }]);
  expect(accounts[0]?.notes.join('; ')).toContain('was not looked at');
  stack.cloud.setFaults([refused]);
  await expect(stack.rotate({ anyway: true })).rejects.toMatchObject({
    code: 'CREDENTIAL_REFUSED',
    fix: expect.stringContaining('Storage Account Key Operator Service Role') as string,
  });
});

it('both are renewed all the same where that is asked for', async () => {
  const before = await stack.keys();
  const { accounts } = await stack.rotate({ anyway: true });
  expect(accounts).toMatchObject([{ status: 'rotated' }]);
  const now = Object.values(await stack.keys());
  for (const key of Object.values(before)) expect(now).not.toContain(key);
});

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
