import { nodeVersions } from './flex-rules.ts';

const endOfLife: Readonly<Record<(typeof nodeVersions)[number], string>> = {
  20: '2026-04-30T00:00:00Z',
  22: '2027-04-30T00:00:00Z',
  24: '2028-04-30T00:00:00Z',
};

/** The Node versions that function apps can have, in the shape of ARM's catalogue; no other stack. */
export function functionAppStacks(os: string | null): Record<string, unknown> {
  const minorVersions = nodeVersions.map((version) => ({
    displayText: `Node.js ${version} LTS`,
    value: `${version} LTS`,
    stackSettings: {
      linuxRuntimeSettings: {
        runtimeVersion: `Node|${version}`,
        isDefault: version === '22',
        isHidden: false,
        remoteDebuggingSupported: false,
        appInsightsSettings: { isSupported: true },
        gitHubActionSettings: { isSupported: true, supportedVersion: `${version}.x` },
        appSettingsDictionary: { FUNCTIONS_WORKER_RUNTIME: 'node' },
        siteConfigPropertiesDictionary: {
          use32BitWorkerProcess: false,
          linuxFxVersion: `Node|${version}`,
        },
        supportedFunctionsExtensionVersions: ['~4'],
        endOfLifeDate: endOfLife[version],
        Sku: [
          {
            skuCode: 'FC1',
            instanceMemoryMB: [512, 2048, 4096].map((size) => ({
              size: String(size),
              isDefault: size === 2048,
            })),
            maximumInstanceCount: {
              lowestMaximumInstanceCount: 40,
              highestMaximumInstanceCount: 1000,
            },
            functionAppConfigProperties: { runtime: { name: 'node', version } },
          },
        ],
      },
    },
  }));
  return {
    value: [
      {
        id: null,
        name: 'node',
        type: `Microsoft.Web/functionAppStacks?stackOsType=${os ?? 'All'}`,
        properties: {
          displayText: 'Node.js',
          value: 'node',
          preferredOs: 'windows',
          majorVersions: nodeVersions.map((version, index) => ({
            displayText: `Node.js ${version}`,
            value: version,
            minorVersions: [minorVersions[index]],
          })),
        },
      },
    ],
    nextLink: null,
  };
}
