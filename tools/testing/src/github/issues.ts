import { z } from 'zod';

/** An issue as the API shows it, as far as the project looks. */
export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly { readonly name: string }[];
  readonly html_url: string;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
}

const created = z.object({
  title: z.string().min(1).max(256),
  body: z.string().max(65_536).default(''),
  labels: z.array(z.string()).default([]),
});
const changed = z.object({
  title: z.string().min(1).max(256).optional(),
  body: z.string().max(65_536).optional(),
  state: z.enum(['open', 'closed']).optional(),
});

/** The issues of every repository. */
export interface Issues {
  list(repository: string): readonly Issue[];
  /** @throws ZodError */
  create(repository: string, login: string, body: unknown): Issue;
  /** Undefined where there is no such issue. @throws ZodError */
  change(repository: string, number: number, body: unknown): Issue | undefined;
}

/** Keeps issues in memory, with GitHub's limits on their texts. */
export function makeIssues(): Issues {
  const all = new Map<string, Issue[]>();
  const list = (repository: string): Issue[] => all.get(repository.toLowerCase()) ?? [];
  return {
    list,
    create: (repository, login, body) => {
      const { title, body: text, labels } = created.parse(body);
      const number = list(repository).length + 1;
      const issue: Issue = {
        number,
        title,
        body: text,
        state: 'open',
        labels: labels.map((name) => ({ name })),
        html_url: `https://github.example/${repository}/issues/${number}`,
        user: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' },
      };
      all.set(repository.toLowerCase(), [...list(repository), issue]);
      return issue;
    },
    change: (repository, number, body) => {
      const { title, body: text, state } = changed.parse(body);
      const before = list(repository).find((each) => each.number === number);
      if (before === undefined) return undefined;
      const after: Issue = {
        ...before,
        ...(title !== undefined && { title }),
        ...(text !== undefined && { body: text }),
        ...(state !== undefined && { state }),
      };
      const kept = list(repository).map((each) => (each.number === number ? after : each));
      all.set(repository.toLowerCase(), kept);
      return after;
    },
  };
}
