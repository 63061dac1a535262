import type { FunctionDescription, HttpTrigger } from '../catalog/function-description.ts';
import {
  compareRoutes,
  matchRoute,
  parseRouteTemplate,
  type RouteTemplate,
} from './route-template.ts';

/** A function that answers HTTP requests. */
type HttpFunction = FunctionDescription & { readonly trigger: HttpTrigger };

/** The function that a request is for, and what its route says. */
export interface RouteMatch {
  readonly target: HttpFunction;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the function for a request; null is a 404, also where only the method differs. */
export interface RouteTable {
  find(method: string, path: string): RouteMatch | null;
}

/** Builds the table of an app's HTTP functions, the more exact routes first. */
export function buildRouteTable(args: {
  readonly functions: readonly FunctionDescription[];
  readonly routePrefix: string;
}): RouteTable {
  const routes: { readonly template: RouteTemplate; readonly target: HttpFunction }[] = [];
  for (const target of args.functions) {
    if (!isHttpFunction(target)) continue;
    const route = `${args.routePrefix}/${target.trigger.route}`;
    routes.push({ template: parseRouteTemplate(route), target });
  }
  routes.sort((left, right) => compareRoutes(left.template, right.template));
  return {
    find: (method, path) => {
      const segments = decodeSegments(path);
      if (segments === null) return null;
      for (const { template, target } of routes) {
        const { methods } = target.trigger;
        if (methods.length > 0 && !methods.includes(method.toUpperCase())) continue;
        const parameters = matchRoute(template, segments);
        if (parameters !== null) return { target, parameters };
      }
      return null;
    },
  };
}

function isHttpFunction(description: FunctionDescription): description is HttpFunction {
  return description.trigger.kind === 'http';
}

function decodeSegments(path: string): string[] | null {
  try {
    const segments = path.split('/').filter((segment) => segment !== '');
    return segments.map(decodeURIComponent);
  } catch {
    return null;
  }
}
