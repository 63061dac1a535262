import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MispricedError } from '@mispriced/core';
import type { CommandDependencies } from '../command-dependencies.ts';
import { createOutput } from '../output.ts';
import { openRepository } from '../preview/open-repository.ts';
import { pullRequestNumber } from '../preview/parse-options.ts';
import { repositoryName } from './preview.ts';
import type { Registration } from './register.ts';

interface CommentOptions {
  readonly pr: number;
  readonly repository: string;
  readonly data?: string;
  readonly gone: boolean;
  readonly reportUrl?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced preview-comment --pr 12 --repository owner/name --data preview.json
  mispriced preview-comment --pr 12 --repository owner/name --data preview.json --dry-run
  mispriced preview-comment --pr 12 --repository owner/name --gone`;

/** Whoever wrote the data is not trusted: what is larger is not even read. */
const mostBytes = 16 * 1024 * 1024;

/** `mispriced preview-comment`: the one comment on a pull request, written or updated. */
export function registerPreviewComment({ program, dependencies }: Registration): void {
  const command = program
    .command('preview-comment')
    .description('Write or update the comment on a pull request; needs GITHUB_TOKEN.')
    .requiredOption('--pr <number>', 'the pull request', pullRequestNumber)
    .requiredOption('--repository <owner/name>', 'where the pull request is', repositoryName)
    .option('--data <file>', 'what `preview --out` wrote')
    .option('--gone', 'say that the preview is gone, where a comment is there', false)
    .option('--report-url <url>', 'where a pipeline keeps the report')
    .option('--dry-run', 'print the comment, and ask nothing of GitHub', false)
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example);
  command.action(async (options: CommentOptions) => {
    if ((options.data === undefined) !== options.gone) {
      command.error('error: give either --data FILE or --gone');
    }
    const output = createOutput(dependencies, options.json);
    const body = await bodyOf(options, dependencies);
    if (options.dryRun) {
      output.result({ action: 'none', url: null, body }, body);
      return;
    }
    const github = await openRepository(options.repository, dependencies);
    const { putComment } = await import('@mispriced/preview');
    const { pr, gone } = options;
    const put = await putComment({ github, pullRequest: pr, body, onlyUpdate: gone });
    output.result(
      put,
      `the comment on ${pr} was ${put.action === 'none' ? 'not there' : put.action}`,
    );
  });
}

async function bodyOf(options: CommentOptions, dependencies: CommandDependencies): Promise<string> {
  const { previewDataSchema, renderComment, renderGoneComment } =
    await import('@mispriced/preview');
  const { pr, data: file, reportUrl } = options;
  if (file === undefined) return renderGoneComment(pr, new Date());
  const path = resolve(dependencies.workingFolder, file);
  const text = await readAtMost(path, mostBytes).catch((error: unknown) => {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `${path} cannot be read.`,
      fix: 'Give --data the file that `mispriced preview --out` wrote.',
      cause: error,
    });
  });
  const parsed = previewDataSchema.safeParse(text === null ? null : parseJson(text));
  if (!parsed.success || parsed.data.pullRequest !== pr) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${path} is not the data of the pull request ${pr}.`,
      fix: 'Give --data the file that `mispriced preview --out` wrote for it, by this same version.',
    });
  }
  const { links } = parsed.data;
  const report = reportUrl ?? links.report;
  return renderComment({ ...parsed.data, links: { ...links, report } });
}

/** A file's text; null where it is too large. */
async function readAtMost(path: string, bytes: number): Promise<string | null> {
  return (await stat(path)).size > bytes ? null : readFile(path, 'utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
