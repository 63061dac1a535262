import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import {
  accountName,
  type KeyStack,
  openRunningKeyStack,
  ownSettings,
} from './support/key-stack.ts';
import { proveKills } from './support/prove-kill.ts';
import { resetBoth } from './support/reset-both.ts';

let stack: KeyStack;
let total = 0;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(async () => {
  process.stdout.write(`${total} kill points in all\n`);
  await stack.close();
});

const say = (count: number, what: string): void => {
  total += count;
  process.stdout.write(`${count} kill points in ${what}: all ended whole and well\n`);
};

const slow = { timeout: 1_800_000 };

it('a rotation that is killed anywhere is finished by the next', slow, async () => {
  const count = await proveKills(stack, {}, (effects) => [...effects.keys()]);
  expect(count).toBeGreaterThan(30);
  say(count, 'a rotation, before and after each of its effects');
});

it('so is one that moves a key in a setting', slow, async () => {
  const { value = '' } = await stack.secrets.getSecret('storage--connection-string');
  await stack.putSettings({ ...ownSettings(stack.vaultUrl), REPORTS: value });
  await stack.untilWell();
  const count = await proveKills(stack, {}, (effects) => {
    const written = effects.findIndex((name) => name.startsWith('write REPORTS'));
    return [written - 1, written, written + 1];
  });
  const now = Object.values(await stack.keys());
  const reports = (await stack.settings())['REPORTS'] ?? '';
  expect(now.some((key) => reports.includes(key))).toBe(true);
  say(count, 'the move of a setting');
  await stack.putSettings(ownSettings(stack.vaultUrl));
  await stack.untilWell();
});

it('one that was being taken back ends in order too', slow, async () => {
  const last = { service: 'resource-manager', method: 'POST', path: '/regenerateKey$' } as const;
  const refused = { ...last, kind: 'status', status: 403, skip: 1, count: 10 } as const;
  const how = {
    prepare: () => {
      stack.cloud.setFaults([refused]);
      return Promise.resolve();
    },
    clear: () => {
      stack.cloud.setFaults([]);
    },
  };
  const count = await proveKills(stack, how, (effects) => {
    const failed = effects.findIndex((name) => name === 'journal failed');
    return [...effects.keys()].filter((index) => index >= failed);
  });
  say(count, 'a rotation that is taken back');
});

it('a repair that is killed anywhere is finished by the next', slow, async () => {
  const how = { options: { repair: true }, prepare: () => resetBoth(stack), isDown: true };
  const count = await proveKills(stack, how, (effects) => [...effects.keys()]);
  say(count, 'a repair, before and after each of its effects');
});

it('so is a rotation of two accounts, killed at the second', slow, async () => {
  const id = `${stack.group}/providers/Microsoft.Storage/storageAccounts/stsecond`;
  await stack.arm('PUT', id, '2024-01-01', {
    location: 'westeurope',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowSharedKeyAccess: true },
  });
  const { key1 } = await stack.keys(id);
  await stack.secrets.setSecret('second-key', key1);
  const count = await proveKills(stack, {}, (effects) => {
    const ended = effects.indexOf('journal ended');
    return [...effects.keys()].filter((index) => index > ended && index % 3 === 0);
  });
  const { value = '' } = await stack.secrets.getSecret('second-key');
  expect(Object.values(await stack.keys(id))).toContain(value);
  say(count, `a rotation of two accounts, after ${accountName}`);
});

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
