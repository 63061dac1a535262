import { describe, expect, it } from 'vitest';
import { checkMarketOptions, type MarketOptions } from './market-options.ts';

const options: MarketOptions = {
  loans: [],
  asOf: '2010-12-15',
  cash: '10000.00',
  accessKey: 'example-secret',
  accountId: 1,
};

describe('checkMarketOptions', () => {
  it('takes the least, and no limit at all', () => {
    checkMarketOptions(options);
    checkMarketOptions({ ...options, requestsPerSecond: null });
  });

  it('names every problem at once, without the key', () => {
    const wrong = {
      ...options,
      asOf: '2010-02-30',
      cash: '-5',
      accountId: 0.5,
      requestsPerSecond: 0,
      seed: 0.1,
      otherInvestors: { vanishShare: 0.6, partialShare: 0.6 },
      port: 70_000,
    };
    let message = '';
    try {
      checkMarketOptions(wrong);
    } catch (error) {
      message = String(error);
    }
    for (const name of ['asOf', 'cash', 'accountId', 'requestsPerSecond', 'seed', 'port']) {
      expect(message).toContain(`${name}:`);
    }
    expect(message).toContain('shares exceed 1');
    expect(message).not.toContain('example-secret');
  });
});
