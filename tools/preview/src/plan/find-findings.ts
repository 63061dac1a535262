import { rules } from '@mispriced/infra/policy';
import type { DeclaredResource } from '../base/declared-resources.ts';
import type { PreviewData } from '../preview-data.ts';
import { paperOnly } from './paper-only.ts';

/**
 * What the rules of every environment, and the one of previews, say against what a program declares.
 * They run here, before anything is made: the engine cannot always load a policy pack, and of a plan
 * a rule sees only what is known by then.
 */
export function findFindings(resources: readonly DeclaredResource[]): PreviewData['findings'] {
  return resources.flatMap((resource) =>
    [...rules, paperOnly].flatMap((rule) =>
      rule
        .check(resource)
        .map((message) => ({ rule: rule.name, resource: resource.name, message })),
    ),
  );
}
