import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { parseMoney } from '../../domain/money.ts';
import { orderIntent } from '../lendingclub/test/order-intent.ts';
import { createReplayVenue } from './create-replay-venue.ts';

const listingText = JSON.stringify({
  asOfDate: '2010-12-15T00:00:00.000-08:00',
  loans: [
    { id: 1, loanAmount: 1000, fundedAmount: 0, term: 36, intRate: 10 },
    { id: 2, loanAmount: 1000, fundedAmount: 0, term: 36, intRate: 99 },
  ],
});
const guard = { mayStillSend: () => null };
const replay = (text = listingText, venue = 'lendingclub') =>
  createReplayVenue({
    venue,
    listingText: text,
    where: 'runs/a/listing.json',
    availableCash: parseMoney('500.00'),
  });

describe('createReplayVenue', () => {
  it('offers what the archive holds, with the cash it was given and nothing held', async () => {
    const venue = replay();
    const listing = await venue.listSecurities();
    expect(listing.listings.map(({ id, venue: of }) => [id, of])).toEqual([['1', 'lendingclub']]);
    expect(listing.invalid).toHaveLength(1);
    expect(JSON.stringify(listing.received)).toBe(listingText);
    expect((await venue.availableCash()).toString()).toBe('500');
    expect(await venue.findOrders()).toEqual([]);
  });

  it('refuses orders and says how to go on', async () => {
    await expect(replay().placeOrders([orderIntent('1', '25')], guard)).rejects.toMatchObject({
      code: 'LIVE_REFUSED',
      fix: expect.stringContaining('--mode paper') as string,
    });
    expect(await replay().placeOrders([], guard)).toEqual({ results: [], problem: null });
  });

  it('refuses a file that is not JSON, one of another shape, and a venue it cannot read', async () => {
    expect(() => replay('{')).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
    await expect(replay('[]').listSecurities()).rejects.toMatchObject({
      code: 'VENUE_ANSWER_INVALID',
    });
    for (const venue of ['prosper', 'toString']) {
      expect(() => replay(listingText, venue)).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      );
    }
  });
});

const fixtures = fixturesFolder();

describe.skipIf(fixtures === null)('a recorded listing', () => {
  it('is replayed whole', async () => {
    const file = join(fixtures ?? '', 'data/payloads/lendingclub-listing-2016-04-28.json');
    const venue = replay(readFileSync(file, 'utf8'));
    expect((await venue.listSecurities()).listings).toHaveLength(108);
  });
});
