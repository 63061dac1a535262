import { randomBytes } from 'node:crypto';
import { Secret } from '@mispriced/config';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionString, keysInText, withKey } from './key-in-text.ts';
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

const held = (text: string, former: readonly Secret[] = []) => [
  ...keysInText(text, account, former),
];
const moved = (text: string, to: 'key1' | 'key2', former: readonly Secret[] = []) =>
  withKey({ text, account, to, former })?.reveal() ?? null;

describe('a key in a text', () => {
  it.each(keyNames)('%s is found wherever it stands, and replaced there alone', (name) => {
    const other = otherKey(name);
    for (const text of [
      connectionString(account, name).reveal(),
      valueOf(name),
      `AccountName=STDATA;AccountKey=${valueOf(name)}`,
      `{"accountKey":"${valueOf(name)}"}`,
      `{"cs":"AccountName=stdata;AccountKey=${valueOf(name)}","other":1}`,
      `AccountName=stother;AccountKey=${newKey()}\nAccountKey=${valueOf(name)};AccountName=stdata`,
      `{"ours":"${valueOf(name)}","theirs":"${newKey()}"}`,
    ]) {
      expect(held(text)).toEqual([name]);
      const after = moved(text, other) ?? '';
      expect(held(after)).toEqual([other]);
      expect(after.replace(valueOf(other), valueOf(name))).toBe(text);
    }
  });

  it('is one of two where a text holds both', () => {
    const both = `{"primary":"${valueOf('key1')}","secondary":"${valueOf('key2')}"}`;
    expect(held(both).sort()).toEqual(['key1', 'key2']);
  });

  it('is seen where it is escaped, and then not replaced', () => {
    const account2 = {
      ...account,
      keys: {
        ...account.keys,
        key1: { ...account.keys.key1, value: new Secret(`+/${newKey().slice(2)}`) },
      },
    };
    const plain = account2.keys.key1.value.reveal();
    const json = `{"cs":"AccountName=stdata;AccountKey=${plain.replaceAll('+', '\\u002B')}"}`;
    for (const text of [json, encodeURIComponent(plain), plain.replaceAll('/', '\\/')]) {
      expect([...keysInText(text, account2)]).toEqual(['key1']);
      expect(withKey({ text, account: account2, to: 'key2' })).toBeNull();
    }
  });

  it('is dead where the account has it no more', () => {
    const dead = `DefaultEndpointsProtocol=https;AccountName=stdata;AccountKey=${newKey()};Extra=1`;
    expect(held(dead)).toEqual(['dead']);
    expect(held(moved(dead, 'key2') ?? '')).toEqual(['key2']);
    expect(moved(dead, 'key2')).toMatch(/;Extra=1$/);
    const cut = 'AccountName=stdata;AccountKey=cut off';
    expect(held(cut)).toEqual(['dead']);
    expect(moved(cut, 'key1')).toBe(`AccountName=stdata;AccountKey=${valueOf('key1')}`);
    const bare = newKey();
    expect(held(bare)).toEqual([]);
    expect(held(bare, [new Secret(bare)])).toEqual(['dead']);
    expect(moved(`x ${bare} y`, 'key2', [new Secret(bare)])).toBe(`x ${valueOf('key2')} y`);
  });

  it('of another account is none of this one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(held(text)).toEqual([]);
      }),
    );
    expect(held(`AccountName=stother;AccountKey=${newKey()}`)).toEqual([]);
    expect(held(newKey())).toEqual([]);
    expect(held('https://stdata.blob.core.windows.net/')).toEqual([]);
  });

  it('takes the place of this account’s keys alone, in whatever text', () => {
    interface Piece {
      readonly text: string;
      readonly next: string;
    }
    const same = (text: string): Piece => ({ text, next: text });
    const [ours, next] = [valueOf('key1'), valueOf('key2')];
    const pieces: fc.Arbitrary<Piece> = fc.oneof(
      fc.constant({
        text: `AccountName=stdata;AccountKey=${ours};Extra=1`,
        next: `AccountName=stdata;AccountKey=${next};Extra=1`,
      }),
      fc.constant({ text: ours, next }),
      fc.constant(null).map(() => same(newKey())),
      fc.constant(null).map(() => same(`AccountName=stother;AccountKey=${newKey()}`)),
      fc.string({ maxLength: 8 }).map((text) => same(text.replace(/[A-Za-z0-9+/=]/g, '-'))),
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 6 }),
        fc.constantFrom('\n', '"', ' | '),
        (all, by) => {
          const join = (which: keyof Piece) => all.map((each) => each[which]).join(by);
          const isOurs = all.some((each) => each.text !== each.next);
          expect(held(join('text'))).toEqual(isOurs ? ['key1'] : []);
          expect(moved(join('text'), 'key2')).toBe(isOurs ? join('next') : null);
        },
      ),
    );
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
