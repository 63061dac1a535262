import { expect } from 'vitest';
import { checkConfig, type LoadConfigOptions, type Stage } from '../src/index.ts';
import { marketEnvironment, textsWith } from './texts.ts';

/** What differs from a sound configuration of the stage `prod`. */
export interface Case {
  stage?: Stage;
  /** Text of `config/<stage>.yaml`. */
  yaml?: string;
  local?: string;
  defaults?: string;
  environment?: Record<string, string | undefined>;
  overrides?: LoadConfigOptions['overrides'];
  file?: string;
}

/** Loads it, checks that each problem is a sentence with a mend, and gives every problem as `key | where | message | fix`. */
export async function problemsOf(given: Case): Promise<string[]> {
  const { stage = 'prod', yaml, local, defaults, environment, overrides, file } = given;
  const check = await checkConfig({
    stage,
    readText: textsWith({
      ...(yaml !== undefined && { stage: yaml }),
      ...(local !== undefined && { local }),
      ...(defaults !== undefined && { defaults }),
    }),
    environment: { ...marketEnvironment, ...environment },
    ...(overrides && { overrides }),
    ...(file !== undefined && { file: { name: 'mine.yaml', text: file } }),
  });
  expect(check.ok).toBe(check.problems.length === 0);
  for (const problem of check.problems) {
    expect(check.text).toContain(problem.message);
    expect(check.text).toContain(problem.fix);
    expect(problem.message).toMatch(/^[A-Z"`].*[.?]$/s);
    expect(problem.fix).toMatch(/^[A-Z`].*[.?]$/s);
  }
  return check.problems.map((problem) => {
    const { source } = problem;
    const where = source ? `${source.where}${source.line ? `:${source.line}` : ''}` : 'nowhere';
    return [problem.key ?? '-', where, problem.message, problem.fix].join(' | ');
  });
}

/** The same where one problem is all there is. */
export const onlyProblemOf = async (given: Case): Promise<string> => {
  const problems = await problemsOf(given);
  expect(problems).toHaveLength(1);
  return problems[0] ?? '';
};
