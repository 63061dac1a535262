import { z } from 'zod';

/** A comment as the API shows it, as far as the project looks. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly html_url: string;
  readonly user: { readonly login: string };
}

const written = z.object({
  body: z.string().min(1, 'body is missing').max(65_536, 'body is too long'),
});

/** The comments on pull requests of every repository. */
export interface Comments {
  /** Oldest first; without a number those on all pull requests. */
  list(repository: string, pullRequest?: number): readonly Comment[];
  /** @throws ZodError */
  create(repository: string, pullRequest: number, login: string, body: unknown): Comment;
  /** Undefined where the repository has no such comment. @throws ZodError */
  change(repository: string, id: number, body: unknown): Comment | undefined;
  /** Whether the repository had it. */
  remove(repository: string, id: number): boolean;
}

/** Keeps comments in memory, with GitHub's limit on their texts. */
export function makeComments(): Comments {
  const all = new Map<number, { repository: string; pullRequest: number; comment: Comment }>();
  let last = 0;
  const find = (repository: string, id: number) => {
    const kept = all.get(id);
    return kept?.repository === repository ? kept : undefined;
  };
  return {
    list: (repository, number) =>
      [...all.values()]
        .filter((kept) => kept.repository === repository)
        .filter(({ pullRequest }) => number === undefined || number === pullRequest)
        .map(({ comment }) => comment),
    create: (repository, pullRequest, login, given) => {
      const { body } = written.parse(given);
      last += 1;
      const url = `https://github.example/${repository}/pull/${pullRequest}`;
      const comment = { id: last, body, user: { login }, html_url: `${url}#issuecomment-${last}` };
      all.set(last, { repository, pullRequest, comment });
      return comment;
    },
    change: (repository, id, given) => {
      const { body } = written.parse(given);
      const kept = find(repository, id);
      if (kept !== undefined) kept.comment = { ...kept.comment, body };
      return kept?.comment;
    },
    remove: (repository, id) => find(repository, id) !== undefined && all.delete(id),
  };
}
