import { badRequest } from '../engine/errors.ts';

/** Regions without availability zones among those with Flex Consumption. */
const withoutZones: ReadonlySet<string> = new Set([
  ...['australiasoutheast', 'northcentralus', 'southindia'],
  ...['ukwest', 'westcentralus', 'westus'],
]);

/** Refuses an account whose copies would be in zones that its region does not have. */
export function checkRedundancy(args: { sku: string; kind: string; location: string }): void {
  const region = args.location.toLowerCase().replaceAll(' ', '');
  if (!args.sku.endsWith('ZRS') || !withoutZones.has(region)) return;
  throw badRequest(
    'The storage account failed to create due to redundancy configuration - Sku: ' +
      `${args.sku}, Kind: ${args.kind} - not available in selected Region - ${region}. Please make ` +
      'sure the redundancy configuration selected is available in your region.',
    'RedundancyConfigurationNotAvailableInRegion',
  );
}
