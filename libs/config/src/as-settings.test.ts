import { describe, expect, it } from 'vitest';
import { asSettings } from './as-settings.ts';
import { loadConfig } from './load-config.ts';
import { readTextsIn } from './layers/standard-files.ts';

const file = {
  name: 'mine.yaml',
  text: [
    'run:',
    '  threshold: 0.02',
    '  mode: live',
    'limits:',
    '  per_group: { "36": 100.00 }',
    'own_data:',
    '  - { name: income, format: csv, file: income.csv }',
    'secrets: { vendor_key: "planted" }',
  ].join('\n'),
};

describe('asSettings', () => {
  it('hands over what a file and options say, options last', async () => {
    const settings = asSettings({
      stage: 'embedded',
      file,
      overrides: [
        { key: 'run.threshold', value: '0.03', option: '--threshold' },
        { key: 'trading_api_key', value: 'key' },
      ],
    });
    expect(settings).toMatchObject({
      MISPRICED__STAGE: 'embedded',
      MISPRICED__RUN__THRESHOLD: '0.03',
      MISPRICED__TRADING_API_KEY: 'key',
    });
    const config = await loadConfig({
      stage: 'embedded',
      readText: readTextsIn(new URL('../../..', import.meta.url).pathname),
      environment: settings,
    });
    expect(config.values.run).toMatchObject({ threshold: 0.03, mode: 'live' });
    expect(config.values.limits.perGroup).toEqual({ '36': '100.00' });
    expect(config.values.ownData).toEqual([{ name: 'income', format: 'csv', file: 'income.csv' }]);
    expect(config.get('secrets.vendor_key')?.reveal()).toBe('planted');
  });

  it('refuses what is no key', () => {
    expect(() =>
      asSettings({ stage: 'embedded', overrides: [{ key: 'run.treshold', value: '1' }] }),
    ).toThrow(/run\.threshold/);
  });
});
