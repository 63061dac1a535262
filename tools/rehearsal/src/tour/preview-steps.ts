import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { previewDataSchema, type PreviewData } from '@mispriced/preview';
import { startGitHub } from '@mispriced/testing/github';
import { alterPackage } from '../alter-package.ts';
import { strategyPackage } from '../strategy-package.ts';
import { stackOf, type Tour, type TourStep } from './tour-step.ts';

const pullRequest = '12';
const repository = 'quant/mispriced';
const permissions = { 'pull-requests': 'write' } as const;
const workspace = fileURLToPath(new URL('../../../..', import.meta.url));
const dataFile = (tour: Tour): string => join(tour.rehearsal.folder, 'preview.json');

/** A pull request's own environment, from its beginning to its end, beside whatever else is up. */
export const previewing: readonly TourStep[] = [
  {
    title: 'A pull request gets an environment of its own',
    why: 'Planned, held against policy, made, deployed to, and run once: on paper, over an archived listing.',
    run: async (tour) => {
      const { file } = await strategyPackage();
      await preview(tour, ['--no-base', '--package', file]);
      await seeNoOrders(tour);
    },
  },
  {
    title: 'A comment tells of it',
    why: 'One on each pull request, here on a GitHub on loopback. Nothing that a fork wrote can be more than text in it.',
    run: async (tour) => {
      // The commands trust the certificate of the local cloud.
      tour.github = await startGitHub({ certificateFolder: join(tour.rehearsal.folder, 'cloud') });
      tour.github.setPullRequest(repository, Number(pullRequest), 'open');
      await comment(tour, ['--data', dataFile(tour)]);
      show(tour, '## Preview');
    },
  },
  {
    title: 'A push changes the threshold',
    why: 'The environment is updated in place, and the comment with it: which listings are decided otherwise, and why.',
    run: async (tour) => {
      const settings = await readFile(join(workspace, 'config/defaults.yaml'), 'utf8');
      const { file } = await alterPackage({
        built: await strategyPackage(),
        folder: tour.rehearsal.folder,
        name: 'bolder',
        change: {
          texts: { 'config/defaults.yaml': settings.replace('threshold: 0.04', 'threshold: 0.2') },
        },
      });
      // What it is compared with comes from git.
      const isClone = existsSync(join(workspace, '.git'));
      const base = isClone ? ['--base', 'HEAD', '--base-name', 'main'] : ['--no-base'];
      const { decisions } = await preview(tour, [...base, '--package', file]);
      await comment(tour, ['--data', dataFile(tour)]);
      if (!isClone) tour.tell('this copy has no history, so there is nothing to compare with');
      else if ((decisions?.changed.length ?? 0) === 0) throw new Error('No decision has changed.');
      else show(tour, '### Decisions');
      await seeNoOrders(tour);
      await tour.type(['preview-list']);
    },
  },
  {
    title: 'It goes, and leaves nothing',
    why: 'By itself after three days, or when the pull request is closed: resources, rights, secrets, record.',
    run: async (tour) => {
      await tour.type(['preview-sweep', '--dry-run']);
      await tour.type(['preview-down', '--pr', pullRequest]);
      await comment(tour, ['--gone']);
      const left = await tour.type(['preview-list', '--json']);
      if (left.trim() !== '[]') throw new Error(`Something is left: ${left}`);
    },
  },
];

/** Types `preview`, and reads what it wrote of a run that has to be on paper. */
async function preview(tour: Tour, words: readonly string[]): Promise<PreviewData> {
  await tour.type(['preview', '--pr', pullRequest, ...words, '--out', dataFile(tour)]);
  const data = previewDataSchema.parse(JSON.parse(await readFile(dataFile(tour), 'utf8')));
  if (data.run?.mode !== 'paper')
    throw new Error(`It ran in the mode ${data.run?.mode ?? 'none'}.`);
  return data;
}

async function comment(tour: Tour, words: readonly string[]): Promise<void> {
  const where = ['--pr', pullRequest, '--repository', repository];
  const environment = tour.github?.startJob({ repository, permissions }) ?? {};
  await tour.type(['preview-comment', ...where, ...words], { environment });
  const count = commentsOf(tour).length;
  if (count !== 1) throw new Error(`There are ${count} comments.`);
}

function commentsOf({ github }: Tour) {
  return github?.comments(repository) ?? [];
}

const mostLines = 14;

/** Shows the comment from some line on. */
function show(tour: Tour, from: string): void {
  const lines = (commentsOf(tour)[0]?.body ?? '').split('\n');
  const start = lines.findIndex((line) => line.startsWith(from));
  if (start === -1) throw new Error(`The comment has no ${from}`);
  for (const line of lines.slice(start, start + mostLines)) tour.tell(`  | ${line}`);
}

/** Every order that the market has filled was meant by the environment that trades, and by no preview. */
async function seeNoOrders(tour: Tour): Promise<void> {
  const filled = await tour.rehearsal.market.orders();
  const runs = await stackOf(tour).runs();
  const meant = new Set(runs.flatMap(({ orders }) => orders.map(({ intent }) => intent.listingId)));
  const strange = filled.filter(({ loanId }) => !meant.has(String(loanId)));
  if (strange.length > 0) throw new Error(`Nobody meant ${strange.length} of the market's orders.`);
  tour.tell(
    `of the ${filled.length} orders that the market has filled, each stands in the ledger of ${stackOf(tour).name}`,
  );
}
