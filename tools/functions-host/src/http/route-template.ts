import { guidPattern, MispricedError } from '@mispriced/core';

interface LiteralSegment {
  readonly kind: 'literal';
  readonly text: string;
}

interface ParameterSegment {
  readonly kind: 'parameter' | 'catch-all';
  readonly name: string;
  readonly isOptional: boolean;
  readonly constraint: RegExp | null;
}

/** A route such as `runs/{runId}/{day:int?}`, read. */
export type RouteTemplate = readonly (LiteralSegment | ParameterSegment)[];

const constraints: Readonly<Record<string, RegExp>> = {
  alpha: /^[a-z]+$/i,
  bool: /^(?:true|false)$/i,
  guid: guidPattern,
  int: /^[+-]?\d{1,10}$/,
};

/**
 * Reads a route template of ASP.NET: whole segments that are literal, `{name}`, `{name?}`,
 * `{name:constraint}` or, in the last place, `{*name}`.
 *
 * @throws MispricedError `CONFIG_INVALID` for a form that this host does not play.
 */
export function parseRouteTemplate(template: string): RouteTemplate {
  return template
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => {
      if (!segment.includes('{')) return { kind: 'literal', text: segment };
      const match = /^\{(\*?)(\w+)(?::(\w+))?(\??)\}$/.exec(segment);
      const constraintName = match?.[3];
      const constraint = constraintName === undefined ? null : constraints[constraintName];
      if (match === null || constraint === undefined) throw unreadable(segment);
      return {
        kind: match[1] === '*' ? 'catch-all' : 'parameter',
        name: match[2] ?? '',
        isOptional: match[4] === '?',
        constraint,
      };
    });
}

/** The parameters of a path that fits the template, null for one that does not. */
export function matchRoute(
  template: RouteTemplate,
  path: readonly string[],
): Readonly<Record<string, string>> | null {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const text = path[index];
    if (segment.kind === 'literal') {
      if (text?.toLowerCase() !== segment.text.toLowerCase()) return null;
    } else if (segment.kind === 'catch-all') {
      if (text !== undefined) parameters[segment.name] = path.slice(index).join('/');
      return parameters;
    } else if (text === undefined) {
      if (!segment.isOptional) return null;
    } else {
      if (segment.constraint?.test(text) === false) return null;
      parameters[segment.name] = text;
    }
  }
  return path.length > template.length ? null : parameters;
}

/** For sorting: of two templates that fit a path, the one that says more about it comes first. */
export function compareRoutes(left: RouteTemplate, right: RouteTemplate): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = vagueness(left[index]) - vagueness(right[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function vagueness(segment: RouteTemplate[number] | undefined): number {
  if (segment === undefined) return 0;
  if (segment.kind === 'literal') return 1;
  if (segment.kind === 'catch-all') return 4;
  return segment.constraint === null ? 3 : 2;
}

function unreadable(segment: string): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The segment ${JSON.stringify(segment)} of its route is not understood here.`,
    fix: `Use {name}, {name?}, {*name} or {name:${Object.keys(constraints).join('|')}}.`,
  });
}
