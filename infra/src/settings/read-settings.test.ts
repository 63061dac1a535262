import { describe, expect, it } from 'vitest';
import { explainProblems } from './problem.ts';
import { readSettings } from './read-settings.ts';

const enough = { location: 'West Europe', owner: 'quant@example.com' };
const group = 'aaaaaaaa-0000-4000-8000-000000000001';
const principal = 'aaaaaaaa-0000-4000-8000-000000000002';

function read(config: Record<string, string>, stackName = 'dev') {
  const now = new Date('2026-11-23T12:00:00Z');
  return readSettings({ stackName, config, commit: 'b095c8f', now });
}

function keysRefused(config: Record<string, string>, stackName = 'dev'): string[] {
  const result = read(config, stackName);
  return 'problems' in result ? result.problems.map(({ key }) => key) : [];
}

describe('readSettings', () => {
  it('fills in what is not set, safely', () => {
    expect(read(enough)).toMatchObject({
      settings: {
        location: 'westeurope',
        storageAuth: 'identity',
        keyVaultAccess: 'policies',
        secretsDelivery: 'code',
        liveTrading: false,
        keyExpiryDays: null,
        instanceMemoryMegabytes: 2048,
        runtimeVersion: '22',
        storageRedundancy: 'lrs',
        commit: 'b095c8f',
        expiry: null,
        budget: null,
      },
    });
    expect(read(enough, 'prod')).toMatchObject({ settings: { storageRedundancy: 'zrs' } });
    const preview = { ...enough, expiry: '2026-12-01' };
    expect(read(preview, 'pr-3')).toMatchObject({ settings: { runRetentionDays: 7 } });
    const keys = { ...enough, storageAuth: 'key' };
    expect(read(keys)).toMatchObject({ settings: { keyExpiryDays: 90 } });
  });

  it('tells of every problem at once, with the key and a command for each', () => {
    const result = read({
      location: 'atlantis',
      schedule: '0 0 9 30 2 *',
      storageAuth: 'both',
      instanceMemoryMegabytes: '1024',
      liveTrading: 'true',
      instanceMemoryMegabyte: '2048',
      budgetAmount: '10',
    });
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map(({ key }) => key).sort()).toEqual([
      'budgetEmails',
      'budgetStart',
      'instanceMemoryMegabyte',
      'instanceMemoryMegabytes',
      'liveTrading',
      'location',
      'owner',
      'schedule',
      'storageAuth',
    ]);
    for (const { key, command } of problems) {
      expect(command).toMatch(
        new RegExp(`^pulumi config (set mispriced:${key} .+|rm mispriced:${key}) --stack dev$`),
      );
    }
    const text = explainProblems(problems);
    expect(text).toContain('9 settings have to be mended; nothing was changed.');
    expect(text).toContain("pulumi config set mispriced:schedule '3 25 15 * * *' --stack dev");
  });

  it('refuses a stack that is none of ours, and tells of all else that is wrong', () => {
    expect(keysRefused(enough, 'production')).toEqual(['stack']);
    const result = read({ location: 'atlantis', liveTrading: 'true' }, 'production');
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map(({ key }) => key)).toEqual(['stack', 'location', 'owner']);
    const text = explainProblems(problems);
    expect(text).toContain('  stack: The stack is called "production"');
    expect(text).toContain('pulumi stack select --create dev');
    expect(text).toContain('pulumi config set mispriced:location westeurope --stack dev');
  });

  it('tells of a setting that cannot be read once', () => {
    const unreadable = {
      expiry: 'soon',
      secretsDelivery: 'hybrid',
      hybridPrincipalObjectId: 'me',
      budgetAmount: 'much',
      budgetEmails: 'a@b.cd',
      budgetStart: '2026-12-01',
    };
    expect(keysRefused({ ...enough, ...unreadable }, 'pr-4').sort()).toEqual([
      ...['budgetAmount', 'expiry', 'hybridPrincipalObjectId'],
    ]);
    const market = { venueUrl: 'ftp://market', venueAccountId: '1' };
    expect(keysRefused({ ...enough, ...market }, 'staging')).toEqual(['venueUrl']);
  });

  const budget = { ...enough, budgetAmount: '5', budgetEmails: 'a@b.cd' };

  it.each([
    ['this month', '2026-11-01', []],
    ['twelve months ahead', '2027-11-01', []],
    ['thirteen months ahead', '2027-12-01', ['budgetStart']],
    ['a month that is over', '2026-10-01', ['budgetStart']],
  ])('has a new budget start in %s or not', (_, budgetStart, keys) => {
    const now = new Date('2026-11-23T12:00:00Z');
    const args = { stackName: 'dev', config: { ...budget, budgetStart }, commit: null, now };
    const refused = (since: string | null | undefined) => {
      const result = readSettings({ ...args, budgetSince: since });
      return 'problems' in result ? result.problems : [];
    };
    expect(refused(null).map(({ key }) => key)).toEqual(keys);
    for (const { command } of refused(null)) {
      expect(command).toBe('pulumi config set mispriced:budgetStart 2026-11-01 --stack dev');
    }
    // One that started then is there, or it is not known.
    if (budgetStart < '2026-12') {
      expect(refused(budgetStart)).toEqual([]);
      expect(refused(undefined)).toEqual([]);
    }
  });

  it('refuses copies in three buildings where the region has no zones', () => {
    const result = read({ ...enough, location: 'westus' }, 'prod');
    expect(result).toMatchObject({
      problems: [
        {
          key: 'storageRedundancy',
          command: 'pulumi config set mispriced:storageRedundancy lrs --stack prod',
        },
      ],
    });
    expect(keysRefused({ ...enough, location: 'westus' })).toEqual([]);
    expect(keysRefused({ ...enough, location: 'westus2' }, 'prod')).toEqual([]);
  });

  it.each([
    ['a key age without keys', { keyExpiryDays: '90' }, 'dev', ['keyExpiryDays']],
    [
      'hybrid without its principal',
      { secretsDelivery: 'hybrid' },
      'dev',
      ['hybridPrincipalObjectId'],
    ],
    [
      'a principal without hybrid',
      { hybridPrincipalObjectId: principal },
      'dev',
      ['hybridPrincipalObjectId'],
    ],
    [
      'an app that would be an operator',
      { secretsDelivery: 'hybrid', hybridPrincipalObjectId: group, operatorsGroupObjectId: group },
      'dev',
      ['hybridPrincipalObjectId'],
    ],
    ['references without names', { secretsDelivery: 'reference' }, 'dev', ['referencedSecrets']],
    [
      'names without references',
      { referencedSecrets: 'trading-api-key' },
      'dev',
      ['referencedSecrets'],
    ],
    ['addresses without a budget', { budgetEmails: 'a@b.cd' }, 'dev', ['budgetEmails']],
    [
      'a budget in the middle of a month',
      { budgetAmount: '5', budgetEmails: 'a@b.cd', budgetStart: '2026-12-02' },
      'dev',
      ['budgetStart'],
    ],
    ['real money in staging', { liveTrading: 'true' }, 'staging', ['liveTrading']],
    ['trading every minute', { schedule: '0 * * * * *' }, 'dev', ['schedule']],
    [
      'a market of its own',
      { venueUrl: 'http://127.0.0.1:1', venueAccountId: '1' },
      'dev',
      ['venueUrl', 'venueAccountId'],
    ],
    [
      'a market for a replay',
      { venueUrl: 'https://api.example.com/v1', venueAccountId: '1' },
      'pr-4',
      ['expiry', 'venueUrl', 'venueAccountId'],
    ],
    [
      'a market without an account',
      { venueUrl: 'http://127.0.0.1:1' },
      'local',
      ['venueAccountId'],
    ],
    ['a preview without an end', {}, 'pr-4', ['expiry']],
    ['an end that is over', { expiry: '2026-11-22' }, 'pr-4', ['expiry']],
    ['a moment that is over', { expiry: '2026-11-22T23:59:59Z' }, 'pr-4', ['expiry']],
    ['a moment of today that is over', { expiry: '2026-11-23T11:59:59Z' }, 'pr-4', ['expiry']],
    ['no day that is not over yet', { expiry: '2026-11-23' }, 'pr-4', []],
    ['no moment that is to come', { expiry: '2026-11-23T12:00:01Z' }, 'pr-4', []],
    ['a slot outside a preview', { runSlot: '2026-11-23T10:00:00Z' }, 'dev', ['runSlot']],
    [
      'real money in a preview',
      { liveTrading: 'true', expiry: '2027-01-01' },
      'pr-4',
      ['liveTrading'],
    ],
    ['an end for prod', { expiry: '2027-01-01' }, 'prod', ['expiry']],
  ])('refuses %s', (_, config, stackName, keys) => {
    expect(keysRefused({ ...enough, ...config }, stackName)).toEqual(keys);
  });

  it.each([
    ['owner', 'a<b'],
    ['expiry', '2027-02-29'],
    ['expiry', '2027-02-29T10:00:00Z'],
    ['expiry', '2027-01-01T10:00Z'],
    ['timeZone', 'Mars/Olympus'],
    ['maximumInstances', '39'],
    ['runtimeVersion', '20'],
    ['operatorsGroupObjectId', 'operators'],
    ['runRetentionDays', '0'],
    ['logRetentionDays', '1e2'],
    ['liveTrading', 'yes'],
    ['commit', 'main'],
    ['authorityUrl', 'https://login.example.com'],
    ['venueUrl', 'http://api.example.com/v1'],
    ['venueUrl', 'https://user:word@api.example.com/v1'],
    ['venueUrl', 'https://api.example.com/v1?key=1'],
  ])('refuses %s: %s', (key, value) => {
    expect(keysRefused({ ...enough, [key]: value })).toEqual([key]);
  });

  it.each(['Venue--Key', 'venue_key', 'venue--', 'venue--api_key', 'venue--a,venue--a'])(
    'refuses %s as a name of a secret',
    (referencedSecrets) => {
      expect(keysRefused({ ...enough, secretsDelivery: 'reference', referencedSecrets })).toContain(
        'referencedSecrets',
      );
    },
  );
});
