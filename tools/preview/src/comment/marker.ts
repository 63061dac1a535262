/** The first line of the comment, unseen by people, by which it is found again. */
export function markerOf(pullRequest: number): string {
  return `<!-- mispriced-preview pr-${pullRequest} -->`;
}
