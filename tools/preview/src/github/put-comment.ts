import { markerOf } from '../comment/marker.ts';
import type { Github } from './github.ts';

/** What became of the comment, and where it is. */
export interface PutComment {
  readonly action: 'created' | 'updated' | 'unchanged' | 'none';
  readonly url: string | null;
}

/**
 * Writes the comment on a pull request, or updates the one that is there. Should there be several
 * after all (two runs at the same time), the oldest is kept. Only comments of whoever is signed in
 * count: anybody may write the marker.
 *
 * @param args.onlyUpdate Writes nothing where there is no comment yet.
 * @throws MispricedError GITHUB_REFUSED, GITHUB_UNAVAILABLE.
 */
export async function putComment(args: {
  github: Github;
  pullRequest: number;
  body: string;
  onlyUpdate?: boolean;
}): Promise<PutComment> {
  const { github, pullRequest, body } = args;
  const marker = markerOf(pullRequest);
  const comments = await github.ownComments(pullRequest);
  const [kept, ...others] = comments.filter((each) => each.body.startsWith(marker));
  for (const { id } of others) await github.deleteComment(id);
  if (kept === undefined) {
    if (args.onlyUpdate === true) return { action: 'none', url: null };
    return { action: 'created', ...(await github.createComment(pullRequest, body)) };
  }
  // GitHub gives line ends and the end of a text back in its own way.
  if (plain(kept.body) === plain(body)) return { action: 'unchanged', url: null };
  return { action: 'updated', ...(await github.updateComment(kept.id, body)) };
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}
