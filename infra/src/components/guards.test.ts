import * as pulumi from '@pulumi/pulumi';
import { beforeAll, describe, expect, it } from 'vitest';
import { settingsOf } from '../../test/stack-kinds.ts';
import { settingNameOf } from './app-settings.ts';
import { AppIdentity } from './identity.ts';
import { KeyVault } from './key-vault.ts';
import { MonthlyBudget } from './monthly-budget.ts';
import { Storage } from './storage.ts';
import { StrategyApp } from './strategy-app.ts';

/** What only a defect of ours, not a user's setting, could bring about. */
describe('the guards of the components', () => {
  const settings = settingsOf('dev');
  let identity: AppIdentity;
  beforeAll(async () => {
    const newResource = ({ name }: { name: string }) => ({ id: name, state: {} });
    await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, 'mispriced', 'dev');
    identity = new AppIdentity('identity', { settings, resourceGroupName: 'group' });
  });

  it('name the setting that a Flex Consumption app must not have', () => {
    const make = () =>
      new StrategyApp('app', {
        settings,
        resourceGroupName: 'group',
        identityId: 'id',
        deploymentContainerUrl: 'https://account/app-package',
        appSettings: { WEBSITE_TIME_ZONE: 'UTC' },
        after: [],
      });
    expect(make).toThrow('appSettings has WEBSITE_TIME_ZONE');
  });

  it('name the age of a key that nothing uses', () => {
    const nonsense = { ...settings, keyExpiryDays: 90 };
    const make = () =>
      new Storage('storage', { settings: nonsense, resourceGroupName: 'group', identity });
    expect(make).toThrow('keyExpiryDays');
  });

  it('name the principal that the hybrid way needs', () => {
    const nonsense = { ...settings, secretsDelivery: 'hybrid' as const };
    const make = () =>
      new KeyVault('vault', { settings: nonsense, resourceGroupName: 'group', identity });
    expect(make).toThrow('hybridPrincipalObjectId');
  });

  it('name the first day that Azure would refuse', () => {
    const budget = { monthlyAmount: 1, emails: ['a@b.cd'], startDate: '2026-12-02' };
    const make = () =>
      new MonthlyBudget('budget', { stack: settings.stack, budget, resourceGroupId: 'id' });
    expect(make).toThrow('startDate');
  });
});

describe('settingNameOf', () => {
  it('is the environment name of the same configuration key', () => {
    expect(settingNameOf('trading-api-key')).toBe('MISPRICED__TRADING_API_KEY');
    expect(settingNameOf('storage--connection-string')).toBe(
      'MISPRICED__STORAGE__CONNECTION_STRING',
    );
  });
});
