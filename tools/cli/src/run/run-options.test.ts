import { describe, expect, it } from 'vitest';
import { overridesOf, type RunOptions } from './run-options.ts';

const least: RunOptions = {
  stack: 'embedded',
  ownData: [],
  seed: 1,
  anyway: false,
  json: false,
};

describe('overridesOf', () => {
  it('overrides nothing where nothing was typed', () => {
    expect(overridesOf(least, '/work')).toEqual([]);
  });

  it('sets each option’s key, and names the option for messages', () => {
    const options: RunOptions = {
      ...least,
      mode: 'live',
      threshold: '0.02',
      asOf: '2010-12-15',
      cash: '100',
      model: 'my-model',
      slot: new Date('2026-01-05T15:25:03Z'),
      anyway: true,
      marketUrl: 'http://127.0.0.1:1',
    };
    expect(overridesOf(options, '/folder')).toEqual([
      { key: 'run.mode', value: 'live', option: '--mode' },
      { key: 'run.threshold', value: '0.02', option: '--threshold' },
      { key: 'run.as_of', value: '2010-12-15', option: '--as-of' },
      { key: 'run.slot', value: '2026-01-05T15:25:03.000Z', option: '--slot' },
      { key: 'run.anyway', value: 'true', option: '--anyway' },
      { key: 'limits.cash', value: '100', option: '--cash' },
      { key: 'venue.url', value: 'http://127.0.0.1:1', option: '--market-url' },
      { key: 'model.directory', value: '/folder/my-model', option: '--model' },
    ]);
  });
});
