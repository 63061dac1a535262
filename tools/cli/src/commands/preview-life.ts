import { exitCodes } from '../command-dependencies.ts';
import type { Target } from '../cloud-environment.ts';
import { createOutput } from '../output.ts';
import { openRepository } from '../preview/open-repository.ts';
import { pullRequestNumber, wholeMinutes } from '../preview/parse-options.ts';
import { listText, sweepText } from '../preview/preview-text.ts';
import { withPreviews } from '../preview/with-previews.ts';
import { repositoryName, withTarget } from './preview.ts';
import type { Registration } from './register.ts';

interface LifeOptions {
  readonly target?: Target;
  readonly json: boolean;
}

interface DownOptions extends LifeOptions {
  readonly pr: number;
  readonly dryRun: boolean;
}

interface SweepOptions extends LifeOptions {
  readonly repository?: string;
  readonly idleMinutes: number;
  readonly dryRun: boolean;
}

/** `mispriced preview-down`, `preview-list`, `preview-sweep`: what there is, and its end. */
export function registerPreviewLife(registration: Registration): void {
  registerDown(registration);
  registerList(registration);
  registerSweep(registration);
}

function registerDown({ program, dependencies }: Registration): void {
  const command = program
    .command('preview-down')
    .description('Take the environment of a pull request away, however it was left.')
    .requiredOption('--pr <number>', 'the pull request', pullRequestNumber)
    .option('--dry-run', 'tell what is there, and take nothing away', false)
    .addHelpText('after', '\nExample:\n  mispriced preview-down --pr 12');
  withTarget(command).action(async (options: DownOptions) => {
    const output = createOutput(dependencies, options.json);
    const { pr, dryRun } = options;
    const taken = await withPreviews(options, dependencies, output, async (previews) => {
      const { takeDown } = await import('@mispriced/preview');
      return takeDown(pr, previews, { dryRun });
    });
    const places = [...taken.groups, ...taken.purgedVaults].join(', ');
    const left = places === '' ? `there was nothing of pr-${pr}` : `nothing is left of pr-${pr}`;
    const would = places === '' ? `there is nothing of pr-${pr}` : `would take away ${places}`;
    output.result({ ...taken, dryRun }, dryRun ? would : left);
  });
}

function registerList({ program, dependencies }: Registration): void {
  const command = program
    .command('preview-list')
    .description('Every preview: its age, until when it is wanted, and how it is.')
    .addHelpText('after', '\nExample:\n  mispriced preview-list --json');
  withTarget(command).action(async (options: LifeOptions) => {
    const output = createOutput(dependencies, options.json);
    const listed = await withPreviews(options, dependencies, output, async (previews) => {
      const { listPreviews } = await import('@mispriced/preview');
      return listPreviews(previews);
    });
    output.result(listed, listText(listed));
  });
}

function registerSweep({ program, dependencies, finish }: Registration): void {
  const command = program
    .command('preview-sweep')
    .description('Take away what has expired, is closed, or was given up halfway.')
    .option('--repository <owner/name>', 'ask GitHub which are closed', repositoryName)
    .option('--idle-minutes <n>', 'when one that never came up was given up', wholeMinutes, 60)
    .option('--dry-run', 'tell what would go, and take nothing away', false)
    .addHelpText(
      'after',
      '\nExample:\n  mispriced preview-sweep --repository owner/name --dry-run',
    );
  withTarget(command).action(async (options: SweepOptions) => {
    const output = createOutput(dependencies, options.json);
    const { repository, idleMinutes, dryRun } = options;
    const github = repository === undefined ? null : await openRepository(repository, dependencies);
    const swept = await withPreviews(options, dependencies, output, async (previews) => {
      const { sweep } = await import('@mispriced/preview');
      return sweep({ dependencies: previews, github, idleMinutes, dryRun });
    });
    output.result(swept, sweepText(swept));
    if (swept.some(({ result }) => result === 'failed')) finish(exitCodes.failed);
  });
}
