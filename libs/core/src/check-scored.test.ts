import { describe, expect, it } from 'vitest';
import { checkScored } from './check-scored.ts';
import { dropReasons, type DroppedListing, type DropReason } from './domain/index.ts';

const dropped = (reason: DropReason, count: number): DroppedListing[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `${reason}-${index}`,
    price: 10,
    group: '36',
    reason,
    detail: `the detail of ${reason}`,
  }));

describe('checkScored', () => {
  it('lets a run pass that judged anything, or had nothing to judge', () => {
    expect(() => {
      checkScored(1, dropped('own-data-stale', 99));
      checkScored(0, []);
    }).not.toThrow();
  });

  it.each([
    ['own-data-stale', 'DATA_STALE'],
    ['no-own-data', 'DATA_MISSING'],
    ['own-data-not-yet-known', 'DATA_MISSING'],
    ['missing-value', 'LISTING_IMPLAUSIBLE'],
    ['unseen-category', 'LISTING_IMPLAUSIBLE'],
    ['invalid-listing', 'LISTING_IMPLAUSIBLE'],
    ['no-risk-curve', 'MODEL_CONTRACT'],
  ] as const)('calls it by its reason where all are dropped by %s', (reason, code) => {
    expect(() => {
      checkScored(0, dropped(reason, 3));
    }).toThrow(
      expect.objectContaining({
        code,
        message: `None of 3 listings could be scored: 3 ${reason} (such as ${reason}-0: the detail of ${reason}).`,
      }),
    );
  });

  it('goes by the reason that took out most', () => {
    const mixed = [...dropped('no-own-data', 1), ...dropped('own-data-stale', 2)];
    expect(() => {
      checkScored(0, mixed);
    }).toThrow(
      expect.objectContaining({
        code: 'DATA_STALE',
        message: expect.stringContaining('2 own-data-stale, 1 no-own-data') as string,
      }),
    );
  });

  it('has a word for every reason', () => {
    for (const reason of dropReasons) {
      expect(() => {
        checkScored(0, dropped(reason, 1));
      }).toThrow(
        expect.objectContaining({ fix: expect.stringContaining('order was sent') as string }),
      );
    }
  });
});
