import { locations } from './locations.ts';
import type { Resource } from './resource.ts';
import type { ArmEngineContext, ResourceType } from './resource-type.ts';

/** A resource as the resource manager shows it. */
export function presentResource(args: {
  context: ArmEngineContext;
  type: ResourceType;
  resource: Resource;
}): Record<string, unknown> {
  const { context, type, resource } = args;
  const extra = type.present?.({ context, resource });
  const { properties = {}, location, tags, ...fields } = resource.body;
  const shown = Object.fromEntries(
    Object.entries(properties).filter(([name]) => type.hidden?.includes(name) !== true),
  );
  const place = type.locationStyle === 'displayed' ? locations[location ?? ''] : location;
  return {
    ...fields,
    id: resource.id,
    name: resource.name,
    type: resource.type,
    ...(location !== undefined && { location: place ?? location }),
    ...(tags !== undefined && tags !== null && { tags }),
    ...extra?.fields,
    properties: {
      ...shown,
      ...(type.provisioningState === true && { provisioningState: 'Succeeded' }),
      ...extra?.properties,
    },
  };
}
