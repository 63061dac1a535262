import { rules } from '@mispriced/infra/policy';
import type { PlannedResource } from '@mispriced/environment';
import type { PreviewData } from '../preview-data.ts';
import { paperOnly } from './paper-only.ts';

/**
 * What the rules of every environment, and the one of previews, say against a plan. The rules run
 * here since the engine cannot always load a policy pack, and before anything is made.
 */
export function findFindings(resources: readonly PlannedResource[]): PreviewData['findings'] {
  return resources.flatMap((resource) =>
    [...rules, paperOnly].flatMap((rule) =>
      rule
        .check(resource)
        .map((message) => ({ rule: rule.name, resource: resource.name, message })),
    ),
  );
}
