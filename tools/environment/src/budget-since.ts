import { z } from 'zod';
import type { Stack } from '@pulumi/pulumi/automation/index.js';

const state = z.object({
  resources: z.array(z.object({ type: z.string(), inputs: z.unknown().optional() })).default([]),
});
const inputs = z.object({ timePeriod: z.object({ startDate: z.string() }) });

/** The day, as yyyy-mm-dd, on which the budget that Pulumi knows of started; null where it has none. */
export async function budgetSince({
  stack,
}: {
  stack: Pick<Stack, 'exportStack'>;
}): Promise<string | null> {
  const exported = await stack.exportStack();
  const { resources } = state.parse(exported.deployment ?? {});
  const budget = resources.find(({ type }) => type === 'azure-native:consumption:Budget');
  return inputs.safeParse(budget?.inputs).data?.timePeriod.startDate.slice(0, 10) ?? null;
}
