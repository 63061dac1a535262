import { fileURLToPath } from 'node:url';
import { checkConfig, readTextsIn } from '@mispriced/config';
import { findingsOf } from '@mispriced/infra/policy';
import { recordProgram, settingsOf } from '@mispriced/infra/recording';
import { readSettings } from '@mispriced/infra/settings';
import { describe, expect, it } from 'vitest';
import { previewSettings } from '../src/plan/preview-settings.ts';

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));
const settingsType = 'azure-native:web:WebAppApplicationSettings';

/** The program's resources for settings that no reader has seen: the first guard is off. */
async function declared(changes: Readonly<Record<string, string>> = {}) {
  const settings = { ...settingsOf('pr-12'), liveTrading: true };
  const { resources } = await recordProgram(settings);
  return resources.map((each) =>
    each.type === settingsType
      ? {
          ...each,
          props: {
            ...each.props,
            properties: { ...(each.props['properties'] as Record<string, string>), ...changes },
          },
        }
      : each,
  );
}

/** Each of the three guards by itself, with the other two off. */
describe('a preview cannot trade live', () => {
  it('by its settings', () => {
    const config = { location: 'westeurope', owner: 'quant@example.com', expiry: '2999-01-01' };
    const result = readSettings({
      stackName: 'pr-12',
      commit: null,
      now: new Date('2026-11-23T12:00:00Z'),
      config: { ...config, liveTrading: 'true' },
    });
    expect(result).toMatchObject({ problems: [{ key: 'liveTrading' }] });
    const sound = readSettings({
      stackName: 'pr-12',
      commit: null,
      now: new Date('2026-11-23T12:00:00Z'),
      config,
    });
    expect(sound).toMatchObject({ settings: { liveTrading: false } });
  });

  it('by policy, whatever its settings were made to say', async () => {
    const findings = findingsOf('pr-12', await declared());
    expect(findings.map(({ rule }) => rule)).toEqual(['previews-on-paper']);
  });

  it('by policy, also where its program calls the app prod or local', async () => {
    for (const stage of ['prod', 'local', 'staging']) {
      const findings = findingsOf('pr-12', await declared({ MISPRICED__STAGE: stage }));
      expect(findings.map(({ message }) => message)).toContain(
        'MISPRICED__STAGE has to be preview.',
      );
    }
  });

  it('by the app itself, whatever infrastructure and policy let through', async () => {
    for (const venue of [
      { MISPRICED__VENUE__NAME: 'replay', MISPRICED__VENUE__LISTING: 'x.json' },
      {
        MISPRICED__VENUE__NAME: 'lendingclub',
        MISPRICED__VENUE__URL: 'http://127.0.0.1:1',
        MISPRICED__VENUE__ACCOUNT_ID: '1',
        MISPRICED__TRADING_API_KEY: 'invented',
      },
    ]) {
      const { problems } = await checkConfig({
        stage: 'preview',
        readText: readTextsIn(workspaceRoot),
        environment: {
          MISPRICED__RUN__MODE: 'live',
          MISPRICED__STORAGE__ACCOUNT_URL: 'https://127.0.0.1:1',
          ...venue,
        },
        keyVault: 'not-read',
      });
      expect(problems.map(({ message }) => message)).toContain('A preview never trades live.');
    }
  });
});

describe('the settings of a preview', () => {
  const given = {
    like: { location: 'northeurope', owner: 'quant', schedule: '0 0 1 * * *', budgetAmount: '9' },
    owner: null,
    commit: 'b095c8f',
    expiry: new Date('2026-11-26T12:00:00.500Z'),
    slot: new Date('2026-11-23T12:00:00Z'),
    given: {},
  };

  it('are the smallest there are, where and whose dev is, and nothing else of it', () => {
    expect(previewSettings(given)).toEqual({
      location: 'northeurope',
      owner: 'quant',
      commit: 'b095c8f',
      liveTrading: 'false',
      expiry: '2026-11-26T12:00:00Z',
      runSlot: '2026-11-23T12:00:00Z',
      instanceMemoryMegabytes: '512',
      maximumInstances: '40',
      storageRedundancy: 'lrs',
      runRetentionDays: '7',
      packageRetentionDays: '30',
      logRetentionDays: '30',
    });
  });

  it('are what the reader of settings takes', async () => {
    const { resources } = await recordProgram(settingsOf('pr-12', previewSettings(given)));
    expect(findingsOf('pr-12', resources)).toEqual([]);
  });

  it('let nobody say how long, or that it is live', () => {
    const requests = {
      liveTrading: 'true',
      expiry: '2999-01-01',
      owner: 'me',
      location: 'uksouth',
    };
    expect(previewSettings({ ...given, given: requests })).toMatchObject({
      liveTrading: 'false',
      expiry: '2026-11-26T12:00:00Z',
      owner: 'me',
      location: 'uksouth',
    });
  });
});
