import { z } from 'zod';

/** A comment as the API shows it, as far as the project looks. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  readonly html_url: string;
  readonly user: { readonly login: string };
}

const written = z.object({ body: z.string().min(1).max(65_536) });

/** The comments on pull requests of every repository. */
export interface Comments {
  list(repository: string, pullRequest: number): readonly Comment[];
  create(repository: string, pullRequest: number, body: unknown): Comment;
  /** Undefined where there is no such comment. */
  change(id: number, body: unknown): Comment | undefined;
  remove(id: number): void;
}

/** Keeps comments in memory, with GitHub's limit on their texts. */
export function makeComments(): Comments {
  let all: { readonly on: string; readonly comment: Comment }[] = [];
  let last = 0;
  return {
    list: (repository, pullRequest) =>
      all.flatMap(({ on, comment }) => (on === `${repository}#${pullRequest}` ? [comment] : [])),
    create: (repository, pullRequest, given) => {
      const { body } = written.parse(given);
      last += 1;
      const comment: Comment = {
        id: last,
        body,
        user: { login: 'github-actions[bot]' },
        html_url: `https://github.example/${repository}/pull/${pullRequest}#issuecomment-${last}`,
      };
      all.push({ on: `${repository}#${pullRequest}`, comment });
      return comment;
    },
    change: (id, given) => {
      const { body } = written.parse(given);
      all = all.map((each) =>
        each.comment.id === id ? { ...each, comment: { ...each.comment, body } } : each,
      );
      return all.find(({ comment }) => comment.id === id)?.comment;
    },
    remove: (id) => {
      all = all.filter(({ comment }) => comment.id !== id);
    },
  };
}
