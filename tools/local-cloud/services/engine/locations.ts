import { badRequest } from './errors.ts';

/** The locations that this double lets resources be in, with the names Azure shows. */
export const locations: Readonly<Record<string, string>> = {
  westeurope: 'West Europe',
  northeurope: 'North Europe',
  uksouth: 'UK South',
  ukwest: 'UK West',
  francecentral: 'France Central',
  germanywestcentral: 'Germany West Central',
  switzerlandnorth: 'Switzerland North',
  swedencentral: 'Sweden Central',
  norwayeast: 'Norway East',
  italynorth: 'Italy North',
  spaincentral: 'Spain Central',
  polandcentral: 'Poland Central',
  eastus: 'East US',
  eastus2: 'East US 2',
  centralus: 'Central US',
  northcentralus: 'North Central US',
  southcentralus: 'South Central US',
  westus: 'West US',
  westus2: 'West US 2',
  westus3: 'West US 3',
  westcentralus: 'West Central US',
  canadacentral: 'Canada Central',
  brazilsouth: 'Brazil South',
  australiaeast: 'Australia East',
  australiasoutheast: 'Australia Southeast',
  southeastasia: 'Southeast Asia',
  eastasia: 'East Asia',
  japaneast: 'Japan East',
  koreacentral: 'Korea Central',
  centralindia: 'Central India',
  southindia: 'South India',
  southafricanorth: 'South Africa North',
  uaenorth: 'UAE North',
};

/** `West Europe` and `westeurope` are one place. */
function normalizeLocation(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}

/** @throws HttpError 400 for a place that there is not. */
export function checkLocation(type: string, location: string): string {
  const normalized = normalizeLocation(location);
  if (normalized === 'global' || normalized in locations) return normalized;
  throw badRequest(
    `The provided location '${location}' is not available for resource type '${type}'. List of ` +
      `available regions for the resource type is '${Object.keys(locations).join(',')}'.`,
    'LocationNotAvailableForResourceType',
  );
}
