import { secretsIn } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';

describe('secretsIn', () => {
  const secret = 'a/b+c=d e&1234567890';
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it.each([
    ['as it is', `AccountKey=${secret};`],
    ['in a URL', `?sig=${encodeURIComponent(secret)}&x=1`],
    ['in base64', `"${base64(secret)}"`],
    ['within base64', base64(`{"value":"${secret}"}`)],
    ['within base64, one further', base64(`{"value": "${secret}"}`)],
    ['within base64, two further', base64(`{"value":  "${secret}"}`)],
  ])('finds a secret %s', (_, text) => {
    expect(secretsIn(text, ['other-secret-value', secret])).toEqual([1]);
  });

  it('finds none in what holds none', () => {
    expect(secretsIn(`a/b+c=d ${base64('e&1234567890')}`, [secret])).toEqual([]);
  });
});
