import { z } from 'zod';

/**
 * Regions of the public cloud that had Flex Consumption when this list was made, as Azure's own
 * samples list them; `az functionapp list-flexconsumption-locations` has those of today.
 */
export const allowedLocations = [
  'australiaeast',
  'australiasoutheast',
  'brazilsouth',
  'canadacentral',
  'centralindia',
  'centralus',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'italynorth',
  'japaneast',
  'koreacentral',
  'northcentralus',
  'northeurope',
  'norwayeast',
  'southafricanorth',
  'southcentralus',
  'southeastasia',
  'southindia',
  'spaincentral',
  'swedencentral',
  'switzerlandnorth',
  'uaenorth',
  'uksouth',
  'ukwest',
  'westcentralus',
  'westeurope',
  'westus',
  'westus2',
  'westus3',
] as const;

/**
 * Those of them that have no availability zones, and so no zone-redundant storage, by Azure's list of
 * regions that do.
 */
const withoutZones: ReadonlySet<string> = new Set([
  ...['australiasoutheast', 'northcentralus', 'southindia'],
  ...['ukwest', 'westcentralus', 'westus'],
]);

/** Whether a region cannot keep copies in three buildings. */
export function lacksZones(name: string | undefined): boolean {
  return name !== undefined && withoutZones.has(name);
}

/** A region by its short name; the portal's "West Europe" is understood too. */
export function locationText() {
  return z.string().transform((text, context): string => {
    const short = text.toLowerCase().replaceAll(' ', '');
    if (allowedLocations.some((known) => known === short)) return short;
    const near = allowedLocations.filter((known) => known.slice(0, 4) === short.slice(0, 4));
    const hint = near.length > 0 ? `; near it: ${near.join(', ')}` : ', such as westeurope';
    context.addIssue({ code: 'custom', message: `an Azure region that offers the plan${hint}` });
    return z.NEVER;
  });
}
