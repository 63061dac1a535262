import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import { type EnvironmentArgs, findStack } from './open-stack.ts';

const state = z.object({
  resources: z
    .array(
      z.object({
        type: z.string(),
        created: z.iso.datetime({ offset: true }).optional(),
        outputs: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
});

/** What Pulumi's record says of a stack's life. */
export interface StackLife {
  readonly createdAt: Date | null;
  /** Whether an update has ever come to its end: only then are there outputs. */
  readonly cameUp: boolean;
}

/** Reads when a stack was made and whether it ever came up; null where there is none. */
export async function inspectStack(args: EnvironmentArgs): Promise<StackLife | null> {
  try {
    const { stack } = await findStack(args);
    const exported = await stack.exportStack();
    const { resources = [] } = state.safeParse(exported.deployment ?? {}).data ?? {};
    const root = resources.find(({ type }) => type === 'pulumi:pulumi:Stack');
    return {
      createdAt: root?.created === undefined ? null : new Date(root.created),
      cameUp: Object.keys(root?.outputs ?? {}).length > 0,
    };
  } catch (error) {
    if (error instanceof MispricedError && error.code === 'ENVIRONMENT_REFUSED') return null;
    throw error;
  }
}
