import type { DeployResult, Difference, ReleaseList, RollbackResult } from '@mispriced/deploy';

const short = (sha256: string | null): string => sha256?.slice(0, 12) ?? 'nothing known';

/** What a deployment came to, in words. */
export function deployText(result: DeployResult): string {
  const heads: Readonly<Record<DeployResult['result'], string>> = {
    live: `done: ${short(result.package)} runs in ${result.app}, every function listed, all well`,
    unchanged: `nothing to do: ${short(result.package)} already runs in ${result.app} and is well`,
    'dry-run': `${short(result.package)} would replace ${short(result.before)} in ${result.app}`,
    declined: 'nothing was sent',
  };
  return [
    heads[result.result],
    ...result.commits.added.map((line) => `  commit    ${line}`),
    ...result.commits.removed.map((line) => `  without   ${line}`),
    ...(result.uncommitted ? ['  commit    and changes that no commit has'] : []),
    ...result.differences.map(differenceText),
    ...(result.nextRun === null ? [] : [`  next run  ${result.nextRun}`]),
  ].join('\n');
}

/** What a rollback came to, or would. */
export function rollbackText(result: RollbackResult): string {
  const heads: Readonly<Record<RollbackResult['result'], string>> = {
    live: `done: ${short(result.package)} runs in ${result.app} again`,
    'dry-run': `${short(result.package)} would come back in ${result.app}, in place of ${short(result.before)}`,
    declined: 'nothing was sent',
  };
  return [heads[result.result], ...result.differences.map(differenceText)].join('\n');
}

function differenceText({ what, name, before, after, from }: Difference): string {
  if (what === 'code') return '  code      changed';
  const where = from === null ? '' : ` (${from})`;
  return `  ${what.padEnd(9)} ${name}: ${before ?? 'none'} -> ${after ?? 'none'}${where}`;
}

/** The releases, one a line, latest first. */
export function releasesText({ app, running, releases }: ReleaseList): string {
  if (releases.length === 0) return `nothing was deployed to ${app}`;
  return releases
    .toReversed()
    .map((each) => {
      const mark = each.package === running && each.result === 'live' ? '*' : ' ';
      const commit = `${each.commit?.slice(0, 9) ?? 'no commit'}${each.dirty ? ' and changes' : ''}`;
      const reason = each.reason === null ? '' : `  ${each.reason}`;
      return `${mark} ${each.at}  ${short(each.package)}  ${each.kind} ${each.result}  ${commit}  ${each.who}${reason}`;
    })
    .join('\n');
}
