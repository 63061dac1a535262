import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Contexts, evaluate, type Functions, interpolate, isTruthy } from './expression.ts';
import { readWorkflow, repositoryRoot, type Step, type WorkflowJob } from './workflows.ts';

/** How a step that was run ended. */
export interface StepEnd {
  readonly run: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether GitHub would start a job, for an event and the variables of the repository. */
export function wouldStart(job: WorkflowJob, contexts: Contexts): boolean {
  return (
    job.if === undefined ||
    isTruthy(evaluate(unwrapped(job.if), { contexts, functions: always(true) }))
  );
}

/**
 * Runs a job's own shell steps with bash as GitHub's runner does, under the environment that the
 * workflow gives each, in this repository. Steps that use an action are left out: what they leave
 * behind is in `environment` and `contexts`. Stops at the first step that fails, but for those
 * whose condition says otherwise.
 *
 * @param args.environment all that the runner would give; nothing of this process's own goes along
 */
export async function runJob(args: {
  workflow: string;
  job: string;
  contexts: Contexts;
  environment: Readonly<Record<string, string>>;
  /** What somebody does meanwhile, right before the step that runs this. */
  meanwhile?: Readonly<Record<string, () => Promise<void>>>;
}): Promise<readonly StepEnd[]> {
  const job = readWorkflow(args.workflow).jobs[args.job];
  if (job === undefined) throw new Error(`${args.workflow} has no job ${args.job}.`);
  const ends: StepEnd[] = [];
  for (const step of job.steps) {
    const isGood = ends.every(({ exitCode }) => exitCode === 0);
    const given = { contexts: args.contexts, functions: always(isGood) };
    if (step.run === undefined || !isDue(step, isGood, given)) continue;
    await args.meanwhile?.[step.run]?.();
    const variables = Object.entries({ ...job.env, ...step.env }).map(
      ([name, value]) => [name, interpolate(value, given)] as const,
    );
    const environment = { ...Object.fromEntries(variables), ...args.environment };
    ends.push(await bash(interpolate(step.run, given), environment));
  }
  return ends;
}

function isDue(
  step: Step,
  isGood: boolean,
  given: { contexts: Contexts; functions: Functions },
): boolean {
  if (step.if === undefined) return isGood;
  const condition = unwrapped(step.if);
  const saysItself = /\b(cancelled|always|failure|success)\(\)/.test(condition);
  return (saysItself || isGood) && isTruthy(evaluate(condition, given));
}

function always(isGood: boolean): Functions {
  return {
    always: () => true,
    cancelled: () => false,
    success: () => isGood,
    failure: () => !isGood,
    startsWith: (text, start) => String(text).toLowerCase().startsWith(String(start).toLowerCase()),
    fromJSON: (text) => JSON.parse(String(text)) as unknown,
    hashFiles: (path) => (existsSync(join(repositoryRoot, String(path))) ? 'a-hash' : ''),
  };
}

function unwrapped(condition: string): string {
  return /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition;
}

function bash(run: string, environment: Readonly<Record<string, string>>): Promise<StepEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-c', run], {
      cwd: repositoryRoot,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ run, exitCode: exitCode ?? -1, stdout, stderr });
    });
  });
}
