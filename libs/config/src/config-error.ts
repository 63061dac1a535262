import { describeSource, type ConfigProblem } from './problem.ts';
import type { Stage } from './stage.ts';

function describeProblem(problem: ConfigProblem, index: number): string {
  const where = [problem.key, problem.source ? `(${describeSource(problem.source)})` : null].filter(
    (part) => part !== null,
  );
  return [
    `  ${index + 1}. ${where.join(' ')}: ${problem.message}`,
    `     To mend: ${problem.fix}`,
  ].join('\n');
}

/**
 * The configuration cannot be used: every problem at once, each with the place it came from. It has
 * the code, message and fix that every error for people has, and never holds a secret.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigProblem['code'];
  readonly fix: string;
  /** True when the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly stage: Stage | null;
  readonly problems: readonly ConfigProblem[];

  constructor(args: { stage: Stage | null; problems: readonly ConfigProblem[] }) {
    const { stage, problems } = args;
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const head = `The configuration${stage ? ` of stage ${stage}` : ''} has ${count}:`;
    super([head, ...problems.map(describeProblem)].join('\n'));
    this.stage = stage;
    this.problems = problems;
    this.code = problems.every((problem) => problem.code === 'CREDENTIAL_REFUSED')
      ? 'CREDENTIAL_REFUSED'
      : 'CONFIG_INVALID';
    this.retryable = problems.every((problem) => problem.retryable);
    const [only, ...more] = problems;
    this.fix =
      only && more.length === 0
        ? only.fix
        : `Mend each as it says; \`npx mispriced config check --stack ${stage ?? 'NAME'}\` shows what is left. Nothing was traded.`;
  }

  toJSON(): object {
    const { code, message, fix, problems } = this;
    return { code, message, fix, problems };
  }
}
