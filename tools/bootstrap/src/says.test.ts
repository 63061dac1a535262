import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { says } from './says.ts';

describe('says', () => {
  it.each([
    [{ location: 'westeurope' }, { location: 'West Europe', tags: {} }, true],
    [{ properties: { a: true } }, { properties: { a: true, b: 1 } }, true],
    [{ properties: { a: true } }, { properties: { a: false } }, false],
    [{ properties: { a: false } }, { properties: {} }, false],
    [{ a: ['x'] }, { a: ['x', 'y'] }, false],
    [{ a: { b: 1 } }, { a: null }, false],
    [{ subject: 'repo:me/it' }, { subject: 'repo:Me/it' }, false],
    [{ subject: 'repo:me/it' }, { subject: 'repo:me/ it' }, false],
    [{ audiences: ['a'] }, { audiences: ['A'] }, false],
    [{ principalId: 'ab' }, { principalId: 'AB' }, true],
    [
      { assignableScopes: ['/subscriptions/ab'] },
      { assignableScopes: ['/Subscriptions/AB'] },
      true,
    ],
  ])('%j of %j is %s', (wanted, present, expected) => {
    expect(says(present, wanted)).toBe(expected);
  });

  it('holds of everything and itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => says(value, value)));
  });
});
