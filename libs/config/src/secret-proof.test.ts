import { describe, expect, it } from 'vitest';
import {
  expectSecret,
  formatExpectation,
  meetsExpectation,
  parseExpectation,
} from './secret-proof.ts';
import { Secret } from './secret.ts';

const value = 'AccountKey=abc+/==';

describe('a proof of a secret', () => {
  it('is met by the same value alone', () => {
    const expectation = expectSecret('storage.connection_string', new Secret(value));
    const text = formatExpectation(expectation);
    expect(parseExpectation(text)).toEqual(expectation);
    expect(meetsExpectation(expectation, new Secret(value))).toBe(true);
    expect(meetsExpectation(expectation, new Secret(`${value} `))).toBe(false);
  });

  it('is another each time and does not hold the value', () => {
    const [one, other] = [1, 2].map(() =>
      formatExpectation(expectSecret('trading_api_key', new Secret(value))),
    );
    expect(one).not.toBe(other);
    expect(one).not.toContain(value);
  });

  it.each(['', 'trading_api_key', 'a b c', `trading_api_key ${'a'.repeat(24)} ${'0'.repeat(63)}`])(
    '%j is none',
    (text) => {
      expect(parseExpectation(text)).toBeNull();
    },
  );
});
