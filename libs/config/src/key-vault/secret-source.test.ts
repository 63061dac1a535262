import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { cacheSecrets, type SecretReading, type SecretSource } from './secret-source.ts';

const found = (value: string): SecretReading => ({
  status: 'found',
  secret: new Secret(value),
  expiresOn: null,
});

function countingSource(readings: ReadonlyMap<string, SecretReading>) {
  const asked: string[][] = [];
  const source: SecretSource = {
    description: 'a test’s vault',
    read: async (names) => {
      asked.push([...names]);
      await Promise.resolve();
      return readings;
    },
  };
  return { asked, source };
}

describe('kept secrets', () => {
  it('are asked for once within their lifetime, and only those that are missing', async () => {
    let time = 0;
    const { asked, source } = countingSource(
      new Map([
        ['a', found('1')],
        ['b', found('2')],
      ]),
    );
    const cache = cacheSecrets(source, { seconds: 10, now: () => new Date(time) });
    expect(cache.description).toBe('a test’s vault');
    await cache.read(['a']);
    const both = await cache.read(['a', 'b']);
    expect([...both.keys()]).toEqual(['a', 'b']);
    time = 9_999;
    await cache.read(['a']);
    time = 10_000;
    await cache.read(['a']);
    expect(asked).toEqual([['a'], ['b'], ['a']]);
  });

  it('are asked for each time where the lifetime is nothing', async () => {
    const { asked, source } = countingSource(new Map([['a', found('1')]]));
    const cache = cacheSecrets(source, { seconds: 0, now: () => new Date(0) });
    await cache.read(['a']);
    await cache.read(['a']);
    expect(asked).toHaveLength(2);
  });

  it('are no failures and no gaps', async () => {
    const failed: SecretReading = {
      status: 'failed',
      reason: 'unreachable',
      message: 'M.',
      fix: 'F.',
      retryable: true,
    };
    const { asked, source } = countingSource(new Map([['a', failed]]));
    const cache = cacheSecrets(source, { seconds: 10, now: () => new Date(0) });
    expect((await cache.read(['a', 'b'])).get('b')).toEqual({ status: 'absent' });
    await cache.read(['a', 'b']);
    expect(asked).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('share one request that fails by throwing, and ask again afterwards', async () => {
    let calls = 0;
    const source: SecretSource = {
      description: 'a broken vault',
      read: () => {
        calls += 1;
        return Promise.reject(new TypeError('a defect'));
      },
    };
    const cache = cacheSecrets(source, { seconds: 10, now: () => new Date(0) });
    await expect(cache.read(['a', 'b'])).rejects.toThrow('a defect');
    await expect(cache.read(['a'])).rejects.toThrow('a defect');
    expect(calls).toBe(2);
  });
});
