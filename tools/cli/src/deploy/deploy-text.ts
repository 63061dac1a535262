import type { DeployResult, ReleaseList } from '@mispriced/deploy';

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
    ...result.commits.map((line) => `  commit    ${line}`),
    ...result.differences.map(({ what, name, before, after }) =>
      what === 'code'
        ? '  code      changed'
        : `  ${what.padEnd(9)} ${name}: ${before ?? 'none'} -> ${after ?? 'none'}`,
    ),
    ...(result.nextRun === null ? [] : [`  next run  ${result.nextRun}`]),
  ].join('\n');
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
