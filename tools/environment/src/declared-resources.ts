import { z } from 'zod';
import { runTool } from './run-tool.ts';

const declared = z.array(
  z.object({ type: z.string(), name: z.string(), props: z.record(z.string(), z.unknown()) }),
);

/** A resource as a working tree's program declares it. */
export type DeclaredResource = z.infer<typeof declared>[number];

/** Settings of stacks, by the stacks' names. */
type StackSettings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Runs the program of a working tree against mocks, where a setting that is not given has one. */
const script = (stacks: StackSettings) => `
import { recordProgram, settingsOf } from '@mispriced/infra/recording';
const declared = {};
for (const [name, settings] of Object.entries(${JSON.stringify(stacks)})) {
  declared[name] = (await recordProgram(settingsOf(name, settings, new Date()))).resources;
}
process.stdout.write(JSON.stringify(declared), () => process.exit(0));`;

/**
 * What the program of a working tree declares for stacks, with invented names where Azure would give
 * them, so that everything is known. Nothing is asked of any cloud.
 *
 * @throws Error where the program does not run.
 */
export async function declaredInStacks(
  folder: string,
  stacks: StackSettings,
): Promise<Readonly<Record<string, DeclaredResource[]>>> {
  const words = ['--input-type=module', '-e', script(stacks)];
  const said = await runTool({ program: process.execPath, words, folder });
  return z.record(z.string(), declared).parse(JSON.parse(said));
}

/** What it declares for one stack: see `declaredInStacks`. */
export async function declaredResources(
  folder: string,
  stackName: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<DeclaredResource[]> {
  return (await declaredInStacks(folder, { [stackName]: settings }))[stackName] ?? [];
}
