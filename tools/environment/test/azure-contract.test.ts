import { pairwiseCases, recordProgram, settingsOf } from '@mispriced/infra/recording';
import { requestBody, resourcePath, typeSpec } from '@mispriced/local-cloud/provider';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { AzureContract } from './azure-contract.ts';

const fixtures = fixturesFolder();

describe.skipIf(fixtures === null)('what every stack kind and mode sends', () => {
  const contract = new AzureContract(fixtures ?? '');

  it.each(pairwiseCases)('is what Azure accepts: $stackName $config', async (one) => {
    const { resources } = await recordProgram(settingsOf(one.stackName, one.config));
    const violations = resources.flatMap(({ type, name, props }) => {
      const spec = typeSpec(type);
      const inputs = spec.name ? { [spec.name.input]: name, ...props } : props;
      const path = resourcePath(spec, inputs, '11111111-1111-1111-1111-111111111111');
      const { apiVersion } = spec;
      return contract.violations({ path, apiVersion, body: requestBody(spec, inputs) });
    });
    expect(violations).toEqual([]);
    expect(resources.length).toBeGreaterThan(20);
  });

  it('refuses what Azure would refuse', () => {
    const group = '/subscriptions/s/resourceGroups/g/providers';
    const violations = (path: string, apiVersion: string, body: unknown) =>
      contract.violations({ path: group + path, apiVersion, body });
    const account = { kind: 'StorageV2', location: 'westeurope', sku: { name: 'Standard_LRS' } };
    const accountPath = '/Microsoft.Storage/storageAccounts/a';
    expect(violations(accountPath, '2024-01-01', account)).toEqual([]);
    expect(violations(accountPath, '2024-01-01', { ...account, kind: undefined })).toHaveLength(1);
    const misspelt = { ...account, properties: { allowSharedKeyAcess: false } };
    expect(violations(accountPath, '2024-01-01', misspelt)).toHaveLength(1);
    const readOnly = { ...account, properties: { primaryEndpoints: {} } };
    expect(violations(accountPath, '2024-01-01', readOnly)).toHaveLength(1);
    const settings = '/Microsoft.Web/sites/a/config/appsettings';
    expect(violations(settings, '2025-05-01', { properties: { A: 1 } })).toHaveLength(1);
    expect(violations('/Microsoft.Network/virtualNetworks/n', '2024-05-01', {})).toHaveLength(1);
  });
});
