import type { Resource } from '../engine/resource.ts';
import { isReference } from './key-vault-reference.ts';
import type { Resolution } from './resolution.ts';
import { resolveReference } from './resolve-reference.ts';
import type { WebContext } from './web-context.ts';

/** A setting that is a reference, with what came of it. */
export interface SiteReference {
  readonly name: string;
  readonly text: string;
  readonly resolution: Resolution;
}

/** The app's own settings, each as its code will see it. */
export function resolvedSettings(context: WebContext, site: Resource): Record<string, string> {
  return Object.fromEntries(
    Object.entries(appSettings(context, site.id)).map(([name, text]) => {
      if (!isReference(text)) return [name, text];
      const { value } = lookUp({ context, site, name, text });
      // Unresolved, the app sees the reference itself.
      return [name, value ?? text];
    }),
  );
}

/** The references among a site's settings with what came of each. */
export function siteReferences(context: WebContext, site: Resource): readonly SiteReference[] {
  const settings = context.resources.find(`${site.id}/config/appsettings`);
  const settledAt =
    new Date(settings?.changedAt ?? 0).getTime() + context.settings.referenceSeconds * 1000;
  return Object.entries(appSettings(context, site.id))
    .filter(([, text]) => isReference(text))
    .map(([name, text]) => {
      const resolution = lookUp({ context, site, name, text });
      if (context.clock().getTime() >= settledAt) return { name, text, resolution };
      return {
        name,
        text,
        resolution: { ...resolution, status: 'Initialized', details: '', activeVersion: null },
      };
    });
}

/** A site's settings as they were written. */
function appSettings(context: WebContext, siteId: string): Record<string, string> {
  const resource = context.resources.find(`${siteId}/config/appsettings`);
  return (resource?.body.properties ?? {}) as Record<string, string>;
}

function lookUp(args: {
  context: WebContext;
  site: Resource;
  name: string;
  text: string;
}): Resolution {
  const { referenceCache } = args.context;
  const place = { siteId: args.site.id, name: args.name, text: args.text };
  const known = referenceCache.find(place);
  if (known !== undefined) return known;
  const resolution = resolveReference(args);
  if (resolution.status === 'Resolved') referenceCache.keep({ ...place, resolution });
  return resolution;
}
