import { z } from 'zod';

/** No text of it is longer. */
export const mostTextCharacters = 65_536;

/**
 * Whoever renders this did not make it: the limits keep what a pull request's code wrote within what
 * can be rendered.
 */
const text = z.string().max(mostTextCharacters);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(50_000);

/** One resource that the plan touches, as the engine names it. */
const change = z.strictObject({
  /** `create`, `update`, `replace`, `delete`: the engine's own words. */
  operation: text,
  type: text,
  name: text,
  properties: list(text),
});

/** One setting, schedule, function or module that is not as it is in the base. */
const difference = z.strictObject({
  what: z.enum(['function', 'schedule', 'setting', 'module', 'code']),
  name: text,
  before: text.nullable(),
  after: text.nullable(),
});

/** What a run made of one listing; `reason` is of the closed list of the domain, of that commit. */
const outcome = z.strictObject({
  decision: z.enum(['buy', 'skip']),
  /** Dollars, two decimals. */
  amount: text,
  reason: text,
  /** q - r; null where it was dropped before a score. */
  edge: z.number().nullable(),
});

/** A listing of which two runs made something else; null where a run did not have it. */
const changedDecision = z.strictObject({
  id: text,
  here: outcome.nullable(),
  base: outcome.nullable(),
});

const links = z.strictObject({ status: text.nullable(), report: text.nullable() });

/** Everything the comment on a pull request is made of: the schema of what `--out` writes. */
export const previewDataSchema = z.strictObject({
  format: z.literal(2),
  pullRequest: z.number().int().positive(),
  stack: text,
  target: z.enum(['azure', 'local']),
  commit: text,
  /** When this was written, ISO 8601. */
  at: z.iso.datetime(),
  /** When it is taken away, as its tags in the cloud say; null where nothing of it is there. */
  expiry: z.iso.datetime().nullable(),
  /**
   * `live`: up, and its run ended well. `refused`: stopped by policy, nothing was made. `failed`: see
   * `error`. `planned`: nothing was to be made.
   */
  status: z.enum(['live', 'refused', 'failed', 'planned']),
  error: z.strictObject({ code: text, message: text, fix: text }).nullable(),
  /** Null where the plan could not be made. */
  changes: list(change).nullable(),
  findings: list(z.strictObject({ rule: text, resource: text, message: text })),
  /** Why nothing is compared with the base, or in part; null where all of it was. */
  baseProblem: text.nullable(),
  base: z
    .strictObject({
      reference: text,
      commit: text,
      packageBytes: z.number().int().nullable(),
      /** What this commit declares otherwise: null where one of the two could not be asked. */
      infrastructure: list(change).nullable(),
      /** The same for each stack that lasts, by its committed settings. */
      stacks: list(z.strictObject({ stack: text, changes: list(change) })).nullable(),
      /** Values of `infra/Pulumi*.yaml` that are not the same. */
      stackSettings: list(
        z.strictObject({ name: text, before: text.nullable(), after: text.nullable() }),
      ).nullable(),
      differences: list(difference).nullable(),
    })
    .nullable(),
  packageBytes: z.number().int().nullable(),
  links,
  run: z
    .strictObject({
      runId: text,
      status: text,
      mode: text,
      listed: z.number().int(),
      scored: z.number().int(),
      decided: z.number().int(),
      bought: z.number().int(),
      spent: text,
      model: text.nullable(),
    })
    .nullable(),
  /** Null where one of the two runs has no decisions. */
  decisions: z
    .strictObject({
      compared: z.number().int(),
      same: z.number().int(),
      changed: list(changedDecision),
    })
    .nullable(),
});

/** What is known of a preview after `mispriced preview`, well or not. */
export type PreviewData = z.infer<typeof previewDataSchema>;

/** A listing of which two runs made something else. */
export type ChangedDecision = z.infer<typeof changedDecision>;

/** What a run made of one listing. */
export type DecisionOutcome = z.infer<typeof outcome>;
