import { describe, expect, it } from 'vitest';
import { outputsOf, requestBody } from './arm-body.ts';
import { typeSpec } from './type-table.ts';

describe('requestBody', () => {
  it('moves all but a few inputs into properties, under the names that Azure has for them', () => {
    const body = requestBody(typeSpec('azure-native:applicationinsights:Component'), {
      resourceGroupName: 'group',
      resourceName: 'insights',
      __autonamed: true,
      location: 'westeurope',
      kind: 'web',
      applicationType: 'web',
      workspaceResourceId: '/workspace',
      samplingPercentage: undefined,
    });
    expect(body).toEqual({
      location: 'westeurope',
      kind: 'web',
      properties: { Application_Type: 'web', WorkspaceResourceId: '/workspace' },
    });
  });

  it('leaves properties alone where the program writes them itself', () => {
    const spec = typeSpec('azure-native:keyvault:Vault');
    const properties = { tenantId: 't', accessPolicies: [] };
    const inputs = { resourceGroupName: 'g', vaultName: 'v', location: 'l', properties };
    expect(requestBody(spec, inputs)).toEqual({ location: 'l', properties });
  });

  it('turns the list of identities into the map that Azure takes', () => {
    const identity = { type: 'UserAssigned', userAssignedIdentities: ['/id'] };
    expect(requestBody(typeSpec('azure-native:web:WebApp'), { identity })).toEqual({
      identity: { type: 'UserAssigned', userAssignedIdentities: { '/id': {} } },
    });
  });
});

describe('outputsOf', () => {
  it('takes properties apart again', () => {
    const outputs = outputsOf(typeSpec('azure-native:storage:StorageAccount'), {
      id: '/a',
      name: 'a',
      sku: { name: 'Standard_LRS' },
      properties: { supportsHttpsTrafficOnly: true, primaryEndpoints: { blob: 'b' } },
    });
    expect(outputs).toEqual({
      name: 'a',
      sku: { name: 'Standard_LRS' },
      enableHttpsTrafficOnly: true,
      primaryEndpoints: { blob: 'b' },
      azureApiVersion: '2024-01-01',
    });
  });
});
