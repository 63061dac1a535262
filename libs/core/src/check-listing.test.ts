import { describe, expect, it } from 'vitest';
import { checkListing } from './check-listing.ts';
import type { SecurityListing } from './domain/index.ts';
import { inventedListing } from './test/invented-venue.ts';

function listingOf(usable: number, invalid: number): SecurityListing {
  return {
    asOf: '2026-01-05T10:00:00-08:00',
    listings: Array.from({ length: usable }, (_, index) => inventedListing(String(index))),
    invalid: Array.from({ length: invalid }, (_, index) => ({
      id: `bad-${index}`,
      price: 9900,
      group: null,
      problem: 'intRate: too big',
    })),
    received: {},
  };
}

const check = (usable: number, invalid: number) => () => {
  checkListing(listingOf(usable, invalid), 'invented');
};

describe('checkListing', () => {
  it.each([
    [1, 0],
    [9, 1],
    [90, 10],
  ])('lets %i usable and %i unusable entries pass', (usable, invalid) => {
    expect(check(usable, invalid)).not.toThrow();
  });

  it.each([
    [9, 2],
    [89, 11],
    [0, 1],
  ])('refuses %i usable and %i unusable entries, with examples', (usable, invalid) => {
    expect(check(usable, invalid)).toThrow(
      expect.objectContaining({
        code: 'LISTING_IMPLAUSIBLE',
        message: expect.stringMatching(
          `^${invalid} of ${usable + invalid} entries .*bad-0: intRate: too big`,
        ) as string,
      }),
    );
  });

  it('shows three examples at most', () => {
    expect(check(0, 5)).toThrow(/bad-2/);
    expect(check(0, 5)).not.toThrow(/bad-3/);
  });

  it('refuses an empty one, with its day', () => {
    expect(check(0, 0)).toThrow(
      expect.objectContaining({
        code: 'LISTING_EMPTY',
        message: expect.stringContaining('2026-01-05') as string,
      }),
    );
  });
});
