import { Secret } from '@mispriced/config';
import { describe, expect, it } from 'vitest';
import { checkStorageKey } from './check-storage-key.ts';
import { proveStorageKey } from './prove-storage-key.ts';

const connection = 'MISPRICED__STORAGE__CONNECTION_STRING';
const reference = '@Microsoft.KeyVault(VaultName=v;SecretName=storage--connection-string)';
const byKey = { AzureWebJobsStorage: reference, [connection]: reference };
const repair = 'npx mispriced rotate-keys --stack prod --repair';

function check(args: {
  settings: Readonly<Record<string, string>>;
  secret?: string | null | Error;
  fault?: string;
}) {
  const { secret = 'value' } = args;
  const proven: string[] = [];
  return checkStorageKey({
    settings: args.settings,
    stack: 'prod',
    openVault: () =>
      Promise.resolve({
        list: () => Promise.reject(new Error('nothing is listed')),
        read: () =>
          secret instanceof Error
            ? Promise.reject(secret)
            : Promise.resolve(secret === null ? null : new Secret(secret)),
      }),
    prove: (given) => {
      proven.push(given.reveal());
      return Promise.resolve(args.fault ?? null);
    },
  }).then((found) => ({ ...found, proven }));
}

describe('checkStorageKey', () => {
  it.each([
    ['by identity', { AzureWebJobsStorage__accountName: 'account' }, []],
    ['with a key', byKey, ['value']],
    ['with a key in plain', { AzureWebJobsStorage: 'plain', [connection]: 'plain' }, ['plain']],
  ])('is content with an app that reaches its storage %s', async (_, settings, proven) => {
    const found = await check({ settings });
    expect(found).toMatchObject({ problems: [], notices: [], missing: [], proven });
  });

  it.each([{}, { AzureWebJobsStorage: ' ' }])(
    'misses the host’s setting in %j',
    async (settings) => {
      const { problems } = await check({ settings });
      expect(problems).toMatchObject([{ check: 'storage' }]);
      expect(problems[0]?.fix).toContain('npx mispriced up --stack prod');
    },
  );

  it('tells once of a dead key that two settings share, never the key', async () => {
    const { problems } = await check({ settings: byKey, fault: 'holds a key that was reset' });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toBe(
      `The connection string of AzureWebJobsStorage and ${connection} holds a key that was reset.`,
    );
    expect(problems[0]?.fix).toContain(repair);
    expect(JSON.stringify(problems)).not.toContain('value');
  });

  it('gives the key that it read, to be looked for in packages', async () => {
    const secret = 'AccountName=a;AccountKey=a-key-of-today;EndpointSuffix=x';
    const { known } = await check({ settings: byKey, secret });
    expect(known.map(({ value }) => value)).toEqual([secret, 'a-key-of-today']);
    expect(known[0]?.from).toBe(`the storage key of AzureWebJobsStorage and ${connection}`);
  });

  it('tells of a secret that is not there, and which settings it is for', async () => {
    const { problems, missing } = await check({ settings: byKey, secret: null });
    expect(problems[0]?.message).toContain('The secret storage--connection-string of the vault v');
    expect(problems[0]?.fix).toContain('npx mispriced rotate-keys --stack prod');
    expect(missing).toEqual(['AzureWebJobsStorage', connection]);
  });

  it('says that nothing was proven where the secret may not be read', async () => {
    const { problems, notices } = await check({ settings: byKey, secret: new Error('refused.') });
    expect(problems).toEqual([]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('could not be proven: refused.');
    expect(notices[0]).toContain(repair);
  });
});

describe('proveStorageKey', () => {
  it('does not repeat what is no connection string', async () => {
    expect(await proveStorageKey(new Secret('rubbish'))).toBe('is none of a storage account');
  });
});
