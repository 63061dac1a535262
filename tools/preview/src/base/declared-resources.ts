import { changedPaths } from '@mispriced/local-cloud/provider';
import { z } from 'zod';
import type { PreviewData } from '../preview-data.ts';
import { runTool } from './run-tool.ts';

const schema = z.array(
  z.object({ type: z.string(), name: z.string(), props: z.record(z.string(), z.unknown()) }),
);

/** A resource as a working tree's program declares it. */
export type DeclaredResource = z.infer<typeof schema>[number];

/** Runs the program of a working tree against mocks, where a setting that is not given has one. */
const script = (...given: readonly unknown[]) => `
import { recordProgram, settingsOf } from '@mispriced/infra/recording';
const { resources } = await recordProgram(settingsOf(...${JSON.stringify(given)}));
process.stdout.write(JSON.stringify(resources));
process.exit(0);`;

/**
 * What the program of a working tree declares for a preview, with invented names where Azure would
 * give them, so that everything is known. Nothing is asked of any cloud.
 *
 * @throws Error where the program does not run.
 */
export async function declaredResources(
  folder: string,
  stackName: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<DeclaredResource[]> {
  const words = ['--input-type=module', '-e', script(stackName, settings)];
  return schema.parse(JSON.parse(await runTool({ program: process.execPath, words, folder })));
}

/** What one declaration has otherwise than another. */
export function compareDeclared(
  here: readonly DeclaredResource[],
  base: readonly DeclaredResource[],
): NonNullable<PreviewData['changes']> {
  const keyOf = ({ type, name }: DeclaredResource) => `${type} ${name}`;
  const before = new Map(base.map((each) => [keyOf(each), each]));
  const after = new Set(here.map(keyOf));
  return [
    ...here.flatMap((each) => {
      const { type, name, props } = each;
      const known = before.get(keyOf(each));
      if (known === undefined) return [{ operation: 'create', type, name, properties: [] }];
      const properties = changedPaths(known.props, props);
      return properties.length === 0 ? [] : [{ operation: 'update', type, name, properties }];
    }),
    ...base
      .filter((each) => !after.has(keyOf(each)))
      .map(({ type, name }) => ({ operation: 'delete', type, name, properties: [] })),
  ];
}
