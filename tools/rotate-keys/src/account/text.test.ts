import { randomBytes } from 'node:crypto';
import { Secret } from '@mispriced/config';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionString, keyInText, withKey } from './key-in-text.ts';
import { signaturesInText } from './signature-in-text.ts';
import { keyNames, otherKey, type StorageAccount } from './storage-account.ts';

const newKey = (): string => randomBytes(64).toString('base64');
const keyOf = (name: 'key1' | 'key2') => ({ name, createdAt: null, value: new Secret(newKey()) });
const account: StorageAccount = {
  id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/stdata',
  name: 'stdata',
  endpoints: {
    blob: 'https://stdata.blob.core.windows.net/',
    queue: 'https://stdata.queue.core.windows.net/',
    table: null,
  },
  sharedKeyAllowed: true,
  keys: { key1: keyOf('key1'), key2: keyOf('key2') },
};
const valueOf = (name: 'key1' | 'key2') => account.keys[name].value.reveal();

describe('a key in a text', () => {
  it.each(keyNames)('%s is found wherever it stands, and replaced there alone', (name) => {
    const other = otherKey(name);
    for (const text of [
      connectionString(account, name).reveal(),
      valueOf(name),
      `AccountName=STDATA;AccountKey=${valueOf(name)}`,
      `{"accountKey":"${valueOf(name)}"}`,
    ]) {
      expect(keyInText(text, account)).toBe(name);
      const moved = withKey(text, account, other).reveal();
      expect(keyInText(moved, account)).toBe(other);
      expect(moved.replace(valueOf(other), valueOf(name))).toBe(text);
    }
  });

  it('is dead where the account has it no more', () => {
    const dead = `DefaultEndpointsProtocol=https;AccountName=stdata;AccountKey=${newKey()};Extra=1`;
    expect(keyInText(dead, account)).toBe('dead');
    expect(keyInText(withKey(dead, account, 'key2').reveal(), account)).toBe('key2');
    expect(withKey(dead, account, 'key2').reveal()).toMatch(/;Extra=1$/);
    expect(keyInText('AccountName=stdata;AccountKey=cut off', account)).toBe('dead');
  });

  it('of another account is none of this one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(keyInText(text, account)).toBeNull();
      }),
    );
    expect(keyInText(`AccountName=stother;AccountKey=${newKey()}`, account)).toBeNull();
    expect(keyInText(newKey(), account)).toBeNull();
    expect(keyInText('https://stdata.blob.core.windows.net/', account)).toBeNull();
  });
});

describe('a signature in a text', () => {
  const blob = 'https://stdata.blob.core.windows.net/data/x.csv';
  it.each([
    [`${blob}?sv=2024-11-04&ss=b&srt=o&sp=r&se=2027-01-01T00:00:00Z&sig=abc%3D`, 'account'],
    [`${blob}?sp=r&se=2027-01-01T00:00:00Z&sv=2024-11-04&sr=b&sig=abc%3D`, 'service'],
    ['SharedAccessSignature=sv=2024-11-04&ss=b&se=2027-01-01T00:00:00Z&sig=abc', 'account'],
    ['?sv=2024-11-04&ss=b&se=2027-01-01T00:00:00Z&sig=abc', 'account'],
  ])('%s', (text, kind) => {
    const wanted = [{ kind, expiresAt: '2027-01-01T00:00:00Z' }];
    expect(signaturesInText(text, account)).toEqual(wanted);
  });

  it.each([
    `${blob}?skoid=1&sv=2024-11-04&sr=b&sig=abc`,
    'https://stother.blob.core.windows.net/x?sv=2024-11-04&sr=b&sig=abc',
    blob,
    'nothing at all',
  ])('is none in %s', (text) => {
    expect(signaturesInText(text, account)).toEqual([]);
  });
});
