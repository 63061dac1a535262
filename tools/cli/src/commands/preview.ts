import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { MispricedError } from '@mispriced/core';
import { parseRepository } from '@mispriced/github';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Target } from '../cloud-environment.ts';
import { exitCodes } from '../command-dependencies.ts';
import { createOutput } from '../output.ts';
import { checkedOutCommit, findBaseReference } from '../preview/checked-out.ts';
import { addPair, positiveHours, pullRequestNumber } from '../preview/parse-options.ts';
import { previewText } from '../preview/preview-text.ts';
import { withPreviews } from '../preview/with-previews.ts';
import { workspaceRoot } from '../workspace-root.ts';
import type { Registration } from './register.ts';

interface PreviewCommandOptions {
  readonly pr: number;
  readonly target?: Target;
  readonly ttlHours: number;
  readonly base?: string | boolean;
  readonly baseName?: string;
  readonly listing?: string;
  readonly ownData: Readonly<Record<string, string>>;
  readonly model?: string;
  readonly package?: string;
  readonly owner?: string;
  readonly config: Readonly<Record<string, string>>;
  readonly out?: string;
  readonly report?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced preview --pr 12
  mispriced preview --pr 12 --target local --base main
  mispriced preview --pr 12 --dry-run --json
  mispriced preview --pr 12 --out preview.json --report report.html`;

/** Adds `--target`, as every command on previews has it. */
export function withTarget(command: Command): Command {
  return command
    .addOption(
      new Option('--target <cloud>', 'where: Azure unless said here').choices(['azure', 'local']),
    )
    .option('--json', 'print the result as JSON', false);
}

/** `mispriced preview`: the environment of a pull request, made or updated. */
export function registerPreview({ program, dependencies, finish }: Registration): void {
  const command = program
    .command('preview')
    .description('Make or update the environment of a pull request, and run the job there once.')
    .requiredOption('--pr <number>', 'the pull request', pullRequestNumber)
    .option('--ttl-hours <hours>', 'for how long from now it is wanted', positiveHours, 72)
    .option('--base <reference>', 'what to compare with (default: origin/main, else main)')
    .option('--no-base', 'compare with nothing')
    .option('--base-name <name>', 'what the comment calls it (default: the reference)')
    .option('--listing <file>', 'an archived listing to replay (default: a generated one)')
    .option('--own-data <set=file>', 'own data, once for each set', addPair, {})
    .option('--model <folder>', 'a model (default: the demo model of the commit)')
    .option('--package <file>', 'a package that was built; without it one is built now')
    .option('--owner <name>', 'who answers for it (default: GITHUB_ACTOR, else as for dev)')
    .option('--config <key=value>', 'a setting of the stack, once for each', addPair, {})
    .option('--out <file>', 'where the data for the comment goes')
    .option('--report <file>', 'where the report of the run goes')
    .option('--dry-run', 'plan, check and compare, and make nothing', false)
    .addHelpText('after', example);
  withTarget(command).action(async (options: PreviewCommandOptions) => {
    const output = createOutput(dependencies, options.json);
    const path = (file: string): string => resolve(dependencies.workingFolder, file);
    const ownData = Object.entries(options.ownData).map(([set, file]) => [set, path(file)]);
    const { data, report } = await withPreviews(options, dependencies, output, async (previews) => {
      const { runPreview } = await import('@mispriced/preview');
      const { readPackage } = await import('@mispriced/deploy');
      return runPreview(
        {
          pullRequest: options.pr,
          target: previews.cloud.local === undefined ? 'azure' : 'local',
          workspace: workspaceRoot,
          baseReference: await baseOf(options.base),
          baseName: options.baseName ?? null,
          timeToLiveHours: options.ttlHours,
          owner: options.owner ?? ownerOf(dependencies.environment),
          commit: await checkedOutCommit(workspaceRoot, dependencies.environment),
          config: options.config,
          listing: options.listing === undefined ? null : path(options.listing),
          ownData: Object.fromEntries(ownData) as Record<string, string>,
          modelFolder: options.model === undefined ? null : path(options.model),
          built: options.package === undefined ? null : await readPackage(path(options.package)),
          dryRun: options.dryRun,
        },
        previews,
      );
    });
    if (options.out !== undefined) {
      await put(path(options.out), `${JSON.stringify(data, null, 2)}\n`);
    }
    if (options.report !== undefined && report !== null) {
      await put(path(options.report), report);
    }
    output.result(data, previewText(data));
    if (data.error !== null) finish(exitCodes.failed);
  });
}

/** Writes a file; a fresh clone has no folder for what is made. */
async function put(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** GitHub's name for whoever started a workflow; anything that a tag cannot hold is left out. */
function ownerOf(environment: Readonly<Record<string, string | undefined>>): string | null {
  const actor = (environment['GITHUB_ACTOR'] ?? '').replaceAll(/[^\w@.[\]-]/g, '').slice(0, 100);
  return actor === '' ? null : actor;
}

async function baseOf(base: string | boolean | undefined): Promise<string | null> {
  if (base === false) return null;
  if (typeof base === 'string') return base;
  const found = await findBaseReference(workspaceRoot);
  if (found !== null) return found;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: 'Neither origin/main nor main is in this clone, so there is nothing to compare with.',
    fix: 'Fetch it, name another with --base, or compare with nothing: --no-base.',
  });
}

/** Refuses as wrong use what is no `OWNER/NAME`. */
export function repositoryName(text: string): string {
  if (parseRepository(text) !== null) return text;
  throw new InvalidArgumentError('Write it as OWNER/NAME.');
}
