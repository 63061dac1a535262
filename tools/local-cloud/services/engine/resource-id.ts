/** A resource manager path, taken apart. */
export interface ResourcePath {
  /** Everything before the last `/providers/`: a group, a subscription, or the resource extended. */
  readonly scope: string;
  readonly namespace: string;
  /** Alternating types and names; odd where the path is a collection or an action. */
  readonly segments: readonly string[];
}

/** Takes a path below `/providers/` apart, or undefined for a path that has none. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const clean = path.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const at = clean.toLowerCase().lastIndexOf('/providers/');
  if (at < 0) return undefined;
  const [namespace, ...segments] = clean.slice(at + '/providers/'.length).split('/');
  if (namespace === undefined || namespace === '') return undefined;
  return { scope: clean.slice(0, at), namespace, segments: segments.map(decodeURIComponent) };
}

/** `Microsoft.Web/sites/config` of `.../providers/Microsoft.Web/sites/app/config/appsettings`. */
export function typeOf(path: ResourcePath): string {
  const types = path.segments.filter((_segment, index) => index % 2 === 0);
  return [path.namespace, ...types].join('/');
}

/** The resource that a child belongs to, or undefined for one that is nobody's child. */
export function parentId(id: string): string | undefined {
  const path = parseResourcePath(id);
  if (path === undefined || path.segments.length < 4) return undefined;
  return id.split('/').slice(0, -2).join('/');
}

/** The last part of an id. */
export function nameOf(id: string): string {
  return id.split('/').at(-1) ?? '';
}

/** Ids are compared without regard to case. */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The resource group's name in an id, or undefined where it is in none. */
export function groupOf(id: string): string | undefined {
  return /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)/i.exec(id)?.[1];
}
