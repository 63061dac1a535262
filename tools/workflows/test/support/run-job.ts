import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Contexts, evaluate, type Functions, interpolate, isTruthy } from './expression.ts';
import { readWorkflow, type Step, type WorkflowJob } from './workflows.ts';

/** How a step that was run ended. */
export interface StepEnd {
  readonly run: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a job ended, for those that need it. */
export interface JobEnd {
  readonly ends: readonly StepEnd[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** Whether GitHub would start a job, for an event and the variables of the repository. */
export function wouldStart(job: WorkflowJob, contexts: Contexts): boolean {
  const functions = functionsOf({ isGood: true, workspace: '' });
  return job.if === undefined || isTruthy(evaluate(unwrapped(job.if), { contexts, functions }));
}

/**
 * Runs a job's own shell steps with bash as GitHub's runner does, under the environment that the
 * workflow gives each. Of the steps that use an action, those that keep a file for other jobs are done
 * as well; the others are left out: what they leave behind is in `environment` and `contexts`. Stops at
 * the first step that fails, but for those whose condition says otherwise.
 *
 * @param args.environment all that the runner would give; nothing of this process's own goes along
 */
export async function runJob(args: {
  workflow: string;
  job: string;
  contexts: Contexts;
  environment: Readonly<Record<string, string>>;
  /** Where the steps run. */
  workspace: string;
  /** Where files are kept that jobs leave for one another. */
  artifacts: string;
  /** What somebody does meanwhile, right before the step that runs this. */
  meanwhile?: Readonly<Record<string, () => Promise<void>>>;
  /** What is typed in place of a step's own line, such as that of a later day. */
  instead?: (run: string) => string;
}): Promise<JobEnd> {
  const job = readWorkflow(args.workflow).jobs[args.job];
  if (job === undefined) throw new Error(`${args.workflow} has no job ${args.job}.`);
  const { workspace } = args;
  const ends: StepEnd[] = [];
  const steps: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  const contexts = { ...args.contexts, steps };
  for (const step of job.steps) {
    const isGood = ends.every(({ exitCode }) => exitCode === 0);
    const given = { contexts, functions: functionsOf({ isGood, workspace }) };
    if (!isDue(step, isGood, given)) continue;
    if (step.uses?.startsWith('actions/upload-artifact@') === true) {
      const outputs = await keepArtifact(step, args);
      if (step.id !== undefined) steps[step.id] = { outputs };
    }
    if (step.run === undefined) continue;
    await args.meanwhile?.[step.run]?.();
    const variables = Object.entries({ ...job.env, ...step.env }).map(
      ([name, value]) => [name, interpolate(value, given)] as const,
    );
    const environment = { ...Object.fromEntries(variables), ...args.environment };
    const run = args.instead?.(step.run) ?? step.run;
    ends.push(await bash(interpolate(run, given), environment, workspace));
  }
  const given = { contexts, functions: functionsOf({ isGood: true, workspace }) };
  const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => {
    return [name, interpolate(value, given)] as const;
  });
  return { ends, outputs: Object.fromEntries(outputs) };
}

async function keepArtifact(
  { with: given }: Step,
  { workspace, artifacts }: { workspace: string; artifacts: string },
): Promise<Readonly<Record<string, string>>> {
  const { name = '', path = '' } = given ?? {};
  await mkdir(join(artifacts, name), { recursive: true });
  await cp(join(workspace, path), join(artifacts, name, basename(path)));
  return { 'artifact-id': '1', 'artifact-url': `https://github.example/artifacts/${name}` };
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

function functionsOf({ isGood, workspace }: { isGood: boolean; workspace: string }): Functions {
  return {
    always: () => true,
    cancelled: () => false,
    success: () => isGood,
    failure: () => !isGood,
    startsWith: (text, start) => String(text).toLowerCase().startsWith(String(start).toLowerCase()),
    fromJSON: (text) => JSON.parse(String(text)) as unknown,
    hashFiles: (path) => (existsSync(join(workspace, String(path))) ? 'a-hash' : ''),
  };
}

function unwrapped(condition: string): string {
  return /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition;
}

function bash(
  run: string,
  environment: Readonly<Record<string, string>>,
  workspace: string,
): Promise<StepEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-c', run], {
      cwd: workspace,
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
