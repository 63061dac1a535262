import type { ListedPreview, PreviewData, SweptPreview } from '@mispriced/preview';

/** What became of a preview, in words. */
export function previewText(data: PreviewData): string {
  const { run, decisions, base, changes } = data;
  const lines = [
    `${data.stack} is ${data.status}`,
    ...(changes === null ? [] : [`  plan       ${changes.length} changes`]),
    ...data.findings.map(
      ({ rule, resource, message }) => `  policy     ${rule}, ${resource}: ${message}`,
    ),
    ...(run === null
      ? []
      : [
          `  run        ${run.runId}: ${run.status}, bought ${run.bought} for ${run.spent} dollars`,
        ]),
    ...(decisions === null || base === null
      ? []
      : [
          `  decisions  ${decisions.changed.length} of ${decisions.compared} are not as in ${base.reference}`,
        ]),
    ...(data.baseProblem === null ? [] : [`  compared   not all: ${data.baseProblem}`]),
    ...(data.links.status === null ? [] : [`  status     ${data.links.status}`]),
    ...(data.links.report === null ? [] : [`  report     ${data.links.report}`]),
    ...(data.expiry === null ? [] : [`  wanted     until ${data.expiry}`]),
    ...(data.error === null
      ? []
      : [`${data.error.code}: ${data.error.message}`, `  What to do: ${data.error.fix}`]),
  ];
  return lines.join('\n');
}

/** Previews as a table. */
export function listText(previews: readonly ListedPreview[]): string {
  if (previews.length === 0) return 'there is no preview';
  return previews
    .map(({ pr, ageHours, expiry, expired, health, owner, commit }) => {
      const age = ageHours === null ? 'age unknown' : `${ageHours} h old`;
      const until = expiry === null ? 'until unknown' : `until ${expiry.slice(0, 16)}Z`;
      const over = expired ? ', which is over' : '';
      const by = `${commit?.slice(0, 9) ?? 'no commit'} of ${owner ?? 'nobody'}`;
      return `pr-${pr}`.padEnd(10) + `${health.padEnd(11)} ${age}, ${until}${over}, ${by}`;
    })
    .join('\n');
}

/** What a sweep came to, a line for each preview. */
export function sweepText(swept: readonly SweptPreview[]): string {
  if (swept.length === 0) return 'there is no preview';
  return swept
    .map(({ pr, reason, result, error }) =>
      [`pr-${pr}`, result, reason === null ? '' : `(${reason})`, error?.message ?? '']
        .filter((part) => part !== '')
        .join(' '),
    )
    .join('\n');
}
