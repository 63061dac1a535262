import { venueLimits } from '@mispriced/core/venues/lendingclub/limits';
import { describe, expect, it } from 'vitest';
import { findingsOf, rules } from './rules.ts';

type Props = Record<string, unknown>;

/** For each rule: a resource that keeps it, and what the same resource becomes when it does not. */
const tags = { project: 'p', stack: 'dev', owner: 'o', commit: 'c', expiry: 'never' };
const account = {
  tags,
  allowBlobPublicAccess: false,
  allowSharedKeyAccess: false,
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: 'TLS1_2',
};
const policy = (objectId: string, secrets: string[], other: Props = {}) => ({
  objectId,
  permissions: { secrets, ...other },
});
const vault = {
  enableSoftDelete: true,
  enablePurgeProtection: true,
  enableRbacAuthorization: false,
  accessPolicies: [policy('app', ['get', 'list']), policy('ops', ['get', 'set', 'recover'])],
};
const vaultTags = { ...tags, operators: 'ops' };
const assignment = {
  scope: '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v',
  roleDefinitionId: '/x/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6',
};
const officer = {
  ...assignment,
  roleDefinitionId: '/x/roleDefinitions/b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
};
const settings = { MISPRICED__STAGE: 'prod', MISPRICED__RUN__MODE: 'live' };
const app = { tags, httpsOnly: true, location: 'westeurope' };
const asSimulation = {
  MISPRICED__RUN__SETTLE_AFTER_SECONDS: '2',
  MISPRICED__VENUE__REQUESTS_PER_SECOND: '20',
};
const ofVenue = {
  MISPRICED__RUN__SETTLE_AFTER_SECONDS: String(venueLimits.settleWithinSeconds),
  MISPRICED__VENUE__REQUESTS_PER_SECOND: String(venueLimits.requestsPerSecond),
};
const realMarket = { MISPRICED__VENUE__URL: 'https://api.example.com/v1' };
const simulatedMarket = { MISPRICED__VENUE__URL: 'http://127.0.0.1:8700' };

const cases: { rule: string; type: string; stack?: string; good: Props[]; bad: Props[] }[] = [
  {
    rule: 'no-public-blobs',
    type: 'storage:StorageAccount',
    good: [account],
    bad: [
      { ...account, allowBlobPublicAccess: true },
      { ...account, allowBlobPublicAccess: undefined },
    ],
  },
  {
    rule: 'no-public-blobs',
    type: 'storage:BlobContainer',
    good: [{ publicAccess: 'None' }, {}],
    bad: [{ publicAccess: 'Blob' }, { publicAccess: 'Container' }],
  },
  {
    rule: 'tls-1-2-or-higher',
    type: 'storage:StorageAccount',
    good: [account, { ...account, minimumTlsVersion: 'TLS1_3' }],
    bad: [
      { ...account, minimumTlsVersion: 'TLS1_1' },
      { ...account, minimumTlsVersion: undefined },
    ],
  },
  {
    rule: 'tls-1-2-or-higher',
    type: 'web:WebApp',
    good: [app, { ...app, siteConfig: { minTlsVersion: '1.3' } }],
    bad: [
      { ...app, siteConfig: { minTlsVersion: '1.0' } },
      { ...app, siteConfig: { scmMinTlsVersion: '1.1' } },
    ],
  },
  {
    rule: 'https-only',
    type: 'web:WebApp',
    good: [app],
    bad: [
      { ...app, httpsOnly: false },
      { ...app, httpsOnly: undefined },
    ],
  },
  {
    rule: 'https-only',
    type: 'storage:StorageAccount',
    good: [account],
    bad: [{ ...account, enableHttpsTrafficOnly: false }],
  },
  {
    rule: 'no-shared-keys',
    type: 'storage:StorageAccount',
    good: [
      account,
      {
        ...account,
        allowSharedKeyAccess: true,
        keyPolicy: { keyExpirationPeriodInDays: 90 },
        tags: { ...tags, 'storage-auth': 'key' },
      },
    ],
    bad: [
      { ...account, allowSharedKeyAccess: true },
      { ...account, allowSharedKeyAccess: undefined },
      { ...account, allowSharedKeyAccess: true, tags: { ...tags, 'storage-auth': 'key' } },
    ],
  },
  {
    rule: 'no-passwords-for-deployment',
    type: 'web:WebAppScmAllowed',
    good: [{ allow: false }],
    bad: [{ allow: true }],
  },
  {
    rule: 'vault-soft-delete',
    type: 'keyvault:Vault',
    good: [
      { tags: vaultTags, properties: vault },
      {
        tags: { ...vaultTags, stack: 'pr-1' },
        properties: { ...vault, enablePurgeProtection: undefined },
      },
    ],
    bad: [
      { tags: vaultTags, properties: { ...vault, enableSoftDelete: false } },
      { tags: vaultTags, properties: { ...vault, enablePurgeProtection: undefined } },
    ],
  },
  {
    rule: 'vault-least-privilege',
    type: 'keyvault:Vault',
    good: [
      { tags: vaultTags, properties: vault },
      {
        tags: vaultTags,
        properties: { ...vault, enableRbacAuthorization: true, accessPolicies: [] },
      },
    ],
    bad: [
      [policy('app', ['all'])],
      [policy('app', ['get', 'Purge'])],
      [policy('app', ['get'], { keys: ['get'] })],
      [policy('app', ['set']), policy('ops', ['set'])],
      [policy('app', ['get', 'list', 'set', 'delete'])],
      [{ permissions: { secrets: ['get', 'set'] } }],
      [policy('app', ['get']), policy('app', ['list'])],
    ]
      .map((accessPolicies): Props => ({
        tags: vaultTags,
        properties: { ...vault, accessPolicies },
      }))
      .concat(
        {
          tags: vaultTags,
          properties: {
            ...vault,
            enableRbacAuthorization: true,
            accessPolicies: [policy('a', [])],
          },
        },
        // No operators, and yet somebody who writes.
        { tags, properties: vault },
      ),
  },
  {
    rule: 'expected-roles',
    type: 'authorization:RoleAssignment',
    good: [assignment, { ...officer, principalType: 'Group' }],
    bad: [
      // Owner, then a whole group.
      { ...assignment, roleDefinitionId: '/x/8e3af657-a8ff-443c-a75c-2fe8c4bcb635' },
      { ...assignment, scope: '/subscriptions/s/resourceGroups/g' },
      // Who writes secrets, and is no group.
      { ...officer, principalType: 'ServicePrincipal' },
      { ...officer, principalType: undefined },
    ],
  },
  {
    rule: 'no-secrets-in-settings',
    type: 'web:WebAppApplicationSettings',
    stack: 'prod',
    good: [{ properties: settings }],
    bad: [{ properties: { ...settings, VENUE_API_KEY: 'hunter2' } }],
  },
  {
    rule: 'no-secrets-in-settings',
    type: 'web:WebApp',
    good: [{ ...app, siteConfig: { appSettings: [{ name: 'MODE', value: 'paper' }] } }],
    bad: [{ ...app, siteConfig: { appSettings: [{ name: 'PASSWORD', value: 'hunter2' }] } }],
  },
  {
    rule: 'required-tags',
    type: 'web:WebApp',
    good: [app],
    bad: [
      { ...app, tags: undefined },
      { ...app, tags: { ...tags, owner: '' } },
    ],
  },
  {
    rule: 'allowed-locations',
    type: 'web:WebApp',
    good: [app, { ...app, location: 'West Europe' }],
    bad: [{ ...app, location: 'chinanorth3' }],
  },
  {
    rule: 'live-trading-only-in-prod',
    type: 'web:WebAppApplicationSettings',
    stack: 'prod',
    good: [{ properties: settings }, { properties: { MISPRICED__RUN__MODE: 'paper' } }],
    bad: [
      { properties: { ...settings, MISPRICED__STAGE: 'pr-3' } },
      { properties: { MISPRICED__RUN__MODE: 'LIVE' } },
    ],
  },
  ...['dev', 'staging', 'local', 'production'].map((stack) => ({
    rule: 'live-trading-only-in-prod',
    type: 'web:WebAppApplicationSettings',
    stack,
    good: [{ properties: { MISPRICED__STAGE: 'prod', MISPRICED__RUN__MODE: 'paper' } }],
    bad: [{ properties: settings }],
  })),
  {
    rule: 'live-trading-only-in-prod',
    type: 'web:WebApp',
    good: [app],
    bad: [
      {
        ...app,
        siteConfig: { appSettings: [{ name: 'MISPRICED__RUN__MODE', value: 'live' }] },
      },
    ],
  },
  {
    rule: 'live-trading-only-in-prod',
    type: 'web:WebAppApplicationSettings',
    stack: 'local',
    good: [{ properties: { MISPRICED__STAGE: 'local', MISPRICED__RUN__MODE: 'live' } }],
    bad: [],
  },
  {
    rule: 'simulation-on-loopback',
    type: 'web:WebAppApplicationSettings',
    good: [
      { properties: { ...realMarket, ...ofVenue } },
      { properties: { ...realMarket, MISPRICED__RUN__SETTLE_AFTER_SECONDS: '600' } },
      { properties: { ...realMarket, MISPRICED__VENUE__REQUESTS_PER_SECOND: '0.5' } },
      { properties: { ...simulatedMarket, ...asSimulation } },
      { properties: { MISPRICED__VENUE__NAME: 'replay', ...asSimulation } },
      { properties: realMarket },
      { properties: {} },
    ],
    bad: [
      ...Object.entries(asSimulation).flatMap(([name, value]): Props[] => [
        { properties: { ...realMarket, [name]: value } },
        // The market stands in a file, which names no simulation.
        { properties: { [name]: value } },
        { properties: { ...realMarket, [name]: 'soon' } },
        // The app reads its settings in any case.
        { properties: { ...realMarket, [name.toLowerCase()]: value } },
      ]),
      { properties: { ...realMarket, MISPRICED__RUN__SETTLE_AFTER_SECONDS: '119' } },
      { properties: { ...realMarket, MISPRICED__VENUE__REQUESTS_PER_SECOND: '1.01' } },
      {
        properties: { MISPRICED__VENUE__URL: 'https://127.0.0.1.example.com', ...asSimulation },
      },
      { properties: { ...realMarket, MISPRICED__VENUE__NAME: 'of-tomorrow', ...asSimulation } },
    ],
  },
  {
    rule: 'simulation-on-loopback',
    type: 'web:WebApp',
    good: [
      {
        ...app,
        siteConfig: {
          appSettings: [
            { name: 'MISPRICED__VENUE__URL', value: 'http://localhost:1' },
            { name: 'MISPRICED__RUN__SETTLE_AFTER_SECONDS', value: '2' },
          ],
        },
      },
    ],
    bad: [
      {
        ...app,
        siteConfig: {
          appSettings: [{ name: 'MISPRICED__RUN__SETTLE_AFTER_SECONDS', value: '2' }],
        },
      },
    ],
  },
  {
    rule: 'no-side-doors',
    type: 'keyvault:Vault',
    good: [{ tags: vaultTags, properties: vault }],
    bad: [],
  },
  ...[
    { type: 'keyvault:AccessPolicy', policy: { permissions: { secrets: ['all'] } } },
    { type: 'keyvault:Secret', properties: { value: 'hunter2' } },
    { type: 'web:WebAppConnectionStrings', properties: { a: { value: 'AccountKey=' } } },
    { type: 'web:WebAppConnectionStringsSlot', properties: {} },
  ].map(({ type, ...props }) => ({ rule: 'no-side-doors', type, good: [], bad: [props] })),
  {
    rule: 'previews-on-paper',
    type: 'web:WebAppApplicationSettings',
    stack: 'pr-12',
    good: [{ properties: { MISPRICED__STAGE: 'preview', MISPRICED__RUN__MODE: 'paper' } }],
    bad: [
      { properties: settings },
      { properties: { MISPRICED__STAGE: 'local', MISPRICED__RUN__MODE: 'live' } },
      { properties: { MISPRICED__STAGE: 'staging', MISPRICED__RUN__MODE: 'paper' } },
      {},
    ],
  },
];

describe.each(cases)('$rule on $type', ({ rule, type, stack = 'dev', good, bad }) => {
  const broken = (props: Props) =>
    findingsOf(stack, [{ type: `azure-native:${type}`, name: 'one', props }]);

  it.each(good)('lets pass %o', (props) => {
    expect(broken(props)).toEqual([]);
  });

  it.each(bad)('refuses %o and no other rule does', (props) => {
    expect([...new Set(broken(props).map((found) => found.rule))]).toEqual([rule]);
  });
});

describe('the rules', () => {
  it('have each a case that passes and one that fails', () => {
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });
});
