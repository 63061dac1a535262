import { beforeAll, describe, expect, it } from 'vitest';
import { forbiddenSettings } from '../src/components/forbidden-settings.ts';
import { roles } from '../src/roles.ts';
import { requiredTags } from '../src/tags.ts';
import { recordProgram, type RecordedResource } from './record-program.ts';
import { pairwiseCases, settingsOf } from './stack-kinds.ts';

function propsOf(resources: RecordedResource[], type: string): Record<string, unknown> {
  const found = resources.filter((one) => one.type === `azure-native:${type}`);
  expect(found).toHaveLength(1);
  return found[0]?.props ?? {};
}

const untagged = new Set([
  'azure-native:authorization:RoleAssignment',
  'azure-native:consumption:Budget',
  'azure-native:storage:BlobContainer',
  'azure-native:storage:BlobServiceProperties',
  'azure-native:storage:ManagementPolicy',
  'azure-native:web:WebAppApplicationSettings',
  'azure-native:web:WebAppFtpAllowed',
  'azure-native:web:WebAppScmAllowed',
]);

const stateBearing = new Set([
  'azure-native:keyvault:Vault',
  'azure-native:resources:ResourceGroup',
  'azure-native:storage:BlobContainer',
  'azure-native:storage:StorageAccount',
]);

describe.each(pairwiseCases)('$stackName $config', ({ stackName, config }) => {
  let recorded: Awaited<ReturnType<typeof recordProgram>>;
  beforeAll(async () => {
    recorded = await recordProgram(settingsOf(stackName, config));
  });
  const isKeyMode = config['storageAuth'] === 'key';

  it('keeps what is in storage closed, and undoable', () => {
    const { resources } = recorded;
    expect(propsOf(resources, 'storage:StorageAccount')).toMatchObject({
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: isKeyMode,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: 'TLS1_2',
      ...(isKeyMode && { keyPolicy: { keyExpirationPeriodInDays: 90 } }),
    });
    expect('keyPolicy' in propsOf(resources, 'storage:StorageAccount')).toBe(isKeyMode);
    expect(propsOf(resources, 'storage:BlobServiceProperties')).toMatchObject({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true },
    });
    const containers = resources.filter((one) => one.type.endsWith(':BlobContainer'));
    expect(containers.map((one) => one.props['containerName']).sort()).toEqual([
      'app-package',
      'control',
      'data',
      'ledger',
      'models',
      'packages',
      'runs',
    ]);
  });

  it('lets named principals alone read secrets', () => {
    const { resources } = recorded;
    const vault = propsOf(resources, 'keyvault:Vault')['properties'] as Record<string, unknown>;
    const byRole = config['keyVaultAccess'] === 'rbac';
    expect(vault['enableRbacAuthorization']).toBe(byRole);
    expect('enablePurgeProtection' in vault).toBe(!stackName.startsWith('pr-'));
    const granted = [
      ['33333333-3333-3333-3333-333333333333', ['get', 'list']],
      ...('operatorsGroupObjectId' in config
        ? [[config['operatorsGroupObjectId'], ['get', 'list', 'set', 'delete', 'recover']]]
        : []),
      ...('hybridPrincipalObjectId' in config
        ? [[config['hybridPrincipalObjectId'], ['get']]]
        : []),
    ];
    const policies = vault['accessPolicies'] as { objectId: string; permissions: unknown }[];
    if (byRole) {
      expect(policies).toEqual([]);
      const assigned = resources.filter((one) => one.name.endsWith('-secrets'));
      const principals = assigned.map((one) => one.props['principalId']);
      expect(principals.sort()).toEqual(granted.map(([who]) => who).sort());
    } else {
      expect(policies.map((one) => [one.objectId, one.permissions])).toEqual(
        granted.map(([who, secrets]) => [who, { secrets }]),
      );
    }
  });

  it('wires the app as the plan wants it', () => {
    const { resources } = recorded;
    const app = propsOf(resources, 'web:WebApp');
    expect(app).toMatchObject({ kind: 'functionapp,linux', httpsOnly: true });
    expect(app['siteConfig']).toBeUndefined();
    expect(propsOf(resources, 'web:AppServicePlan')['sku']).toEqual({
      name: 'FC1',
      tier: 'FlexConsumption',
    });
    expect(propsOf(resources, 'web:WebAppFtpAllowed')['allow']).toBe(false);
    expect(propsOf(resources, 'web:WebAppScmAllowed')['allow']).toBe(false);
  });

  it('gives the app settings that are no secret and follow a rotation', () => {
    const { resources } = recorded;
    const settings = propsOf(resources, 'web:WebAppApplicationSettings')['properties'] as Record<
      string,
      string
    >;
    expect(Object.keys(settings).filter((name) => forbiddenSettings.has(name))).toEqual([]);
    expect('AzureWebJobsStorage' in settings).toBe(isKeyMode);
    expect('AzureWebJobsStorage__blobServiceUri' in settings).toBe(!isKeyMode);
    expect(settings['MISPRICED__RUN__MODE']).toBe('paper');
    const references = Object.values(settings).filter((value) => value.startsWith('@Microsoft'));
    const expected = { code: 0, reference: 1, hybrid: 4 }[config['secretsDelivery'] as 'code'];
    expect(references).toHaveLength(expected + (isKeyMode ? 2 : 0));
    for (const reference of references) {
      expect(reference).toMatch(
        /^@Microsoft\.KeyVault\(SecretUri=https:\/\/[^/]+\.vault\.azure\.net\/secrets\/[a-z-]+\)$/,
      );
    }
  });

  it('gives the app the roles that it uses, and no other', () => {
    const { resources } = recorded;
    const own = resources.filter(
      ({ name, type }) => type.endsWith(':RoleAssignment') && name.startsWith('app-'),
    );
    const given = own.map(({ props }) => String(props['roleDefinitionId']).split('/').at(-1));
    const expected: string[] = [roles.storageBlobDataOwner, roles.monitoringMetricsPublisher];
    if (config['keyVaultAccess'] === 'rbac') expected.push(roles.keyVaultSecretsUser);
    expect(given.sort()).toEqual(expected.sort());
  });

  it('tags everything that can be tagged', () => {
    const { resources } = recorded;
    for (const { type, props } of resources.filter((one) => !untagged.has(one.type))) {
      const tags = Object.keys(props['tags'] ?? {});
      expect([type, ...requiredTags.filter((tag) => !tags.includes(tag))]).toEqual([type]);
    }
  });

  it('protects what bears state in prod, and nothing elsewhere', () => {
    const { resources } = recorded;
    for (const { type, name, isProtected } of resources) {
      const expected = stackName === 'prod' && stateBearing.has(type);
      expect([type, name, isProtected]).toEqual([type, name, expected]);
    }
    const types = new Set(resources.map(({ type }) => type));
    expect([...stateBearing].filter((type) => !types.has(type))).toEqual([]);
  });

  it('gives out nothing that looks like a secret', () => {
    const { outputs } = recorded;
    expect(Object.keys(outputs)).toContain('appName');
    expect(JSON.stringify(outputs)).not.toMatch(/AccountKey|InstrumentationKey|SharedAccess|sig=/);
  });
});

describe('liveTrading', () => {
  it('reaches the app in prod', async () => {
    const { resources } = await recordProgram(settingsOf('prod', { liveTrading: 'true' }));
    const { properties } = propsOf(resources, 'web:WebAppApplicationSettings');
    expect(properties).toMatchObject({ MISPRICED__RUN__MODE: 'live', MISPRICED__STAGE: 'prod' });
  });
});
