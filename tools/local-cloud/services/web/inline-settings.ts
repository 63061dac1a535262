import { omit } from '../../src/omit.ts';
import type { Resource } from '../engine/resource.ts';
import type { SiteConfig } from './site-schema.ts';
import type { WebContext } from './web-context.ts';

/**
 * Settings given inside a site's configuration become its app settings, replacing what was there;
 * where none are given, those that it has stay.
 */
export function takeInlineSettings(args: {
  context: WebContext;
  site: Resource;
  config: SiteConfig | null | undefined;
}): void {
  const { context, site } = args;
  const given = args.config?.appSettings ?? null;
  if (given === null) return;
  const id = `${site.id}/config/appsettings`;
  const now = context.clock().toISOString();
  context.resources.put({
    id,
    type: 'Microsoft.Web/sites/config',
    name: 'appsettings',
    body: { properties: Object.fromEntries(given.map(({ name, value }) => [name, value ?? ''])) },
    facts: {},
    createdAt: context.resources.find(id)?.createdAt ?? now,
    changedAt: now,
  });
}

/** What is kept of a configuration: a later change of something else must not bring settings back. */
export function withoutInlineSettings(config: SiteConfig): Omit<SiteConfig, 'appSettings'> {
  return omit(config, 'appSettings');
}
