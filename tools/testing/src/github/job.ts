import { randomBytes, randomUUID } from 'node:crypto';

/** A level of a permission that a job's token has. */
export type PermissionLevel = 'read' | 'write' | 'none';

/** What a job of a workflow is, as far as its tokens depend on it. */
export interface JobArgs {
  /** `owner/name` */
  readonly repository: string;
  /** Whose token it is, where it is a person's own and not the job's. */
  readonly login?: string;
  /** The `permissions:` of the job; what is not named there is not given. */
  readonly permissions: Readonly<Record<string, PermissionLevel>>;
  /** The deployment environment that the job names. */
  readonly environment?: string;
  readonly event?: string;
  /** As in `refs/heads/main`. */
  readonly ref?: string;
  /** A pull request from a fork: its tokens can only read, whatever the workflow says. */
  readonly isFork?: boolean;
}

/** A job that has begun, with the tokens that GitHub gave it. */
export interface Job extends JobArgs {
  readonly id: string;
  readonly login: string;
  readonly token: string;
  readonly oidcToken: string | null;
}

/** Begins a job: a token for the API, and where it may have one, a token to ask for identities. */
export function makeJob(args: JobArgs): Job {
  const permissions = Object.fromEntries(
    Object.entries(args.permissions).map(([name, level]) => [
      name,
      args.isFork === true && level === 'write' ? 'read' : level,
    ]),
  );
  return {
    ...args,
    permissions,
    id: randomUUID(),
    login: args.login ?? 'github-actions[bot]',
    token: `ghs_${randomBytes(18).toString('hex')}`,
    oidcToken: permissions['id-token'] === 'write' ? randomBytes(24).toString('hex') : null,
  };
}

/**
 * Whom a job's identity token is about: its environment, else that it is of a pull request, else its
 * branch (https://docs.github.com/actions/reference/security/oidc#example-subject-claims).
 */
export function subjectOf(job: JobArgs): string {
  const base = `repo:${job.repository}`;
  if (job.environment !== undefined) return `${base}:environment:${job.environment}`;
  if (job.event === 'pull_request') return `${base}:pull_request`;
  return `${base}:ref:${job.ref ?? 'refs/heads/main'}`;
}
