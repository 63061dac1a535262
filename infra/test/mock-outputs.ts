const subscription = '/subscriptions/11111111-1111-1111-1111-111111111111';
const suffix = '0a1b2c3d';

interface Declared {
  type: string;
  name: string;
  props: Record<string, unknown>;
}

/** What ARM adds to what it is given, as far as the program reads it. */
const added: Record<string, (name: string) => Record<string, unknown>> = {
  'azure-native:storage:StorageAccount': (name) => ({
    primaryEndpoints: {
      blob: `https://${name}.blob.core.windows.net/`,
    },
  }),
  'azure-native:managedidentity:UserAssignedIdentity': () => ({
    clientId: '22222222-2222-2222-2222-222222222222',
    principalId: '33333333-3333-3333-3333-333333333333',
    tenantId: '44444444-4444-4444-4444-444444444444',
  }),
  'azure-native:applicationinsights:Component': () => ({
    connectionString:
      'InstrumentationKey=55555555-5555-5555-5555-555555555555;IngestionEndpoint=https://westeurope.in.applicationinsights.azure.com/',
  }),
  'azure-native:web:WebApp': (name) => ({ defaultHostName: `${name}.azurewebsites.net` }),
};

/** The keys under which a resource's own name may be given; else it is made from the program's. */
const nameKeys = ['containerName', 'blobServicesName', 'managementPolicyName'];

/** The id and state that a resource would have in Azure, near enough for others to refer to it. */
export function mockOutputs(declared: Declared): { id: string; state: Record<string, unknown> } {
  const { type, props } = declared;
  const given = nameKeys.map((key) => props[key]).find((value) => typeof value === 'string');
  const name = typeof given === 'string' ? given : `${declared.name}${suffix}`;
  const properties = props['properties'] as Record<string, unknown> | undefined;
  const state = {
    ...props,
    name,
    ...added[type]?.(name),
    ...(type === 'azure-native:keyvault:Vault' && {
      properties: { ...properties, vaultUri: `https://${name}.vault.azure.net/` },
    }),
  };
  const group = props['resourceGroupName'];
  const path = type.replace('azure-native:', '').replaceAll(':', '/');
  const id =
    type === 'azure-native:resources:ResourceGroup'
      ? `${subscription}/resourceGroups/${name}`
      : `${subscription}/resourceGroups/${String(group)}/providers/${path}/${name}`;
  return { id, state };
}
