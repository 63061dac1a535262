import { type DeclaredResource, runTool } from '@mispriced/environment';
import { type Finding, findingsOf } from '@mispriced/infra/policy';
import { z } from 'zod';

const schema = z.array(
  z.strictObject({ rule: z.string(), resource: z.string(), message: z.string() }),
);

/** Applies the rules of the working tree that it runs in to what it reads. */
const script = `
import { text } from 'node:stream/consumers';
import { rules } from '@mispriced/infra/policy';
const { stack, resources } = JSON.parse(await text(process.stdin));
const found = resources.flatMap(({ type, name: resource, props }) =>
  rules.flatMap((rule) =>
    rule.check({ stack, type, props }).map((message) => ({ rule: rule.name, resource, message })),
  ),
);
process.stdout.write(JSON.stringify(found));`;

/**
 * What the rules say against what a program declares: those of this commit and, where a base is there,
 * those of the base as well, for a pull request may have changed a rule together with what it forbids.
 *
 * @param args.baseFolder The base's working tree; null where there is none.
 * @throws Error where the base's rules cannot be run.
 */
export async function findFindings(args: {
  stackName: string;
  declared: readonly DeclaredResource[];
  baseFolder: string | null;
}): Promise<Finding[]> {
  const { stackName, declared, baseFolder } = args;
  const own = findingsOf(stackName, declared);
  if (baseFolder === null) return own;
  const said = await runTool({
    program: process.execPath,
    words: ['--input-type=module', '-e', script],
    folder: baseFolder,
    input: JSON.stringify({ stack: stackName, resources: declared }),
  });
  const known = new Set(own.map((each) => JSON.stringify(each)));
  const more = schema.parse(JSON.parse(said)).filter((each) => !known.has(JSON.stringify(each)));
  return [...own, ...more.map((each) => ({ ...each, rule: `${each.rule} of the base` }))];
}
