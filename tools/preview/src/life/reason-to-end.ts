import type { FoundPreview } from './find-previews.ts';

/** Why a preview is taken away. */
export type EndReason = 'closed' | 'expired' | 'half-made' | 'left over';

/** What GitHub says of its pull request; `unasked` where no repository was named. */
export type PullRequestState = 'open' | 'closed' | 'unknown' | 'unasked';

/**
 * Why a preview may go, or null where it stays. One that is wanted stays whatever it looks like,
 * unless nobody has worked on it for some time and it never came up.
 *
 * @param args.idleMinutes After how long without an update one that never came up was given up.
 */
export function reasonToEnd(args: {
  preview: FoundPreview;
  state: PullRequestState;
  now: Date;
  idleMinutes: number;
}): EndReason | null {
  const { preview, state, now, idleMinutes } = args;
  const { record, groups, expiry } = preview;
  if (state === 'closed') return 'closed';
  if (expiry !== null && expiry <= now) return 'expired';
  const updatedAt = record?.updatedAt?.getTime() ?? 0;
  const isIdle = now.getTime() - updatedAt >= idleMinutes * 60_000;
  if (groups.length > 0) {
    // Without a record that is at work in it, nobody will ever complete it.
    const isComplete = record?.cameUp === true && expiry !== null;
    return isComplete || !isIdle ? null : 'half-made';
  }
  // Between its beginning and its first resource a preview looks just like this.
  return isIdle && state !== 'open' ? 'left over' : null;
}
