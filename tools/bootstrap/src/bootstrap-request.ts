import { guidPattern, MispricedError } from '@mispriced/core';

/** The environments that code is brought to, in the order in which it gets there. */
export const stages = ['preview', 'dev', 'staging', 'prod'] as const;

/** One of them. */
export type PipelineStage = (typeof stages)[number];

/** What a subscription is to be set up for. */
export interface BootstrapRequest {
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** `owner/name`, as GitHub spells it: a subject is compared to the letter. */
  readonly repository: string;
  /** The numbers of owner and repository, for repositories with immutable subjects. */
  readonly repositoryIds: { readonly owner: string; readonly repository: string } | null;
  readonly stages: readonly PipelineStage[];
  readonly location: string;
  readonly resourceGroup: string;
  /** Who signs the tokens of GitHub's jobs; another one for GitHub Enterprise. */
  readonly issuer: string;
  /** What a vault's host name ends with in this cloud. */
  readonly vaultSuffix: string;
  /** What has a key of the market may stand in one subscription with previews, which run unreviewed code. */
  readonly sharesProduction: boolean;
}

/** Who signs the tokens of jobs on github.com. */
export const gitHubIssuer = 'https://token.actions.githubusercontent.com';

const shapes = {
  subscriptionId: guidPattern,
  tenantId: guidPattern,
  repository: /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/,
  location: /^[a-z][a-z0-9]{2,40}$/,
  resourceGroup: /^[\w.()-]{0,89}[\w()-]$/,
  issuer: /^https:\/\/[^\s?#]+[^/\s?#]$/,
} as const;

/** @throws MispricedError CONFIG_INVALID with everything that is wrong. */
export function checkRequest(request: BootstrapRequest): void {
  const names = Object.keys(shapes) as (keyof typeof shapes)[];
  const problems = names
    .filter((name) => !shapes[name].test(request[name]))
    .map((name) => `${name} cannot be ${JSON.stringify(request[name])}.`);
  if (request.stages.length === 0) problems.push('No environment is named.');
  // Staging trades on paper, but with a key of the real market.
  const guarded = (['staging', 'prod'] as const).filter((stage) => request.stages.includes(stage));
  const mixes = request.stages.includes('preview') && guarded.length > 0;
  if (mixes && !request.sharesProduction) {
    problems.push(
      'Previews run code that nobody has reviewed, as an identity that may change anything in its ' +
        `subscription, and ${guarded.join(' and ')}, with a key of the real market, would be in the same one.`,
    );
  }
  if (problems.length === 0) return;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: problems.join('\n'),
    fix: mixes
      ? 'Run it once for each of two subscriptions (--environments staging,prod, --environments preview,dev), or accept it with --share-production.'
      : 'Add --help to see what is expected.',
  });
}
