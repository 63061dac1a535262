import { type CheckedResource, isA, objectAt, objectsAt } from './rule.ts';

/** The app settings that a resource gives an app, however it gives them. */
export function appSettingsIn(resource: CheckedResource): [string, unknown][] {
  if (isA(resource, 'web:WebAppApplicationSettings', 'web:WebAppApplicationSettingsSlot')) {
    return Object.entries(objectAt(resource.props, 'properties'));
  }
  if (isA(resource, 'web:WebApp', 'web:WebAppSlot')) {
    const pairs = objectsAt(objectAt(resource.props, 'siteConfig'), 'appSettings');
    return pairs.map(({ name, value }) => [String(name), value]);
  }
  return [];
}
