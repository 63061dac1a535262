import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

/** The repository. */
export const repositoryRoot = fileURLToPath(new URL('../../../..', import.meta.url));

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const texts = z.record(z.string(), text);
const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']));

const stepSchema = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: texts.optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  env: texts.optional(),
});

const concurrency = z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() });

const jobSchema = z.strictObject({
  if: z.string().optional(),
  needs: z.string().optional(),
  'runs-on': z.literal('ubuntu-24.04'),
  'timeout-minutes': z.number().max(120),
  environment: z.string().optional(),
  permissions,
  concurrency: concurrency.optional(),
  outputs: texts.optional(),
  env: texts.optional(),
  strategy: z
    .strictObject({ 'fail-fast': z.literal(false), matrix: z.record(z.string(), z.string()) })
    .optional(),
  steps: z.array(stepSchema),
});

const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  concurrency: concurrency.optional(),
  jobs: z.record(z.string(), jobSchema),
});

const actionSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(stepSchema) }),
});

/** A step of a job. */
export type Step = z.infer<typeof stepSchema>;
/** A job of a workflow. */
export type WorkflowJob = z.infer<typeof jobSchema>;
/** A workflow, strictly read: what it says beyond these keys is refused. */
export type Workflow = z.infer<typeof workflowSchema>;

const folder = join(repositoryRoot, '.github', 'workflows');

/** The workflows' names, which are those of their files. */
export const workflowNames = readdirSync(folder)
  .filter((file) => file.endsWith('.yml'))
  .map((file) => file.slice(0, -'.yml'.length));

/** The text of a workflow. */
export function workflowText(name: string): string {
  return readFileSync(join(folder, `${name}.yml`), 'utf8');
}

/** A workflow. */
export function readWorkflow(name: string): Workflow {
  return workflowSchema.parse(parse(workflowText(name)));
}

/** The steps of an action of the repository's own, such as `./.github/actions/prepare`. */
function readAction(path: string): readonly Step[] {
  const file = join(repositoryRoot, path, 'action.yml');
  return actionSchema.parse(parse(readFileSync(file, 'utf8'))).runs.steps;
}

/** Every step of a workflow, with those of the actions that are the repository's own. */
export function everyStep(workflow: Workflow): readonly Step[] {
  return Object.values(workflow.jobs).flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.uses?.startsWith('./') === true ? readAction(step.uses) : [step],
    ),
  );
}
