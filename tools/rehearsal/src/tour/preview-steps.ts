import { join } from 'node:path';
import { strategyPackage } from '../strategy-package.ts';
import type { Tour, TourStep } from './tour-step.ts';

const pullRequest = '12';
const dataFile = (tour: Tour): string => join(tour.rehearsal.folder, 'preview.json');

/** A pull request's own environment, from its beginning to its end, beside whatever else is up. */
export const previewing: readonly TourStep[] = [
  {
    title: 'A pull request gets an environment of its own',
    why: 'Planned, held against policy, made, deployed to, and run once: on paper, over an archived listing.',
    run: async (tour) => {
      const { file } = await strategyPackage();
      const words = ['--no-base', '--package', file, '--out', dataFile(tour)];
      const before = (await tour.rehearsal.market.orders()).length;
      await tour.type(['preview', '--pr', pullRequest, ...words]);
      const after = (await tour.rehearsal.market.orders()).length;
      tour.tell(`the market filled ${after - before} orders meanwhile, none of them a preview's`);
    },
  },
  {
    title: 'A comment tells of it',
    why: 'One on each pull request, updated by every push. Nothing that a fork wrote can be more than text in it.',
    run: async (tour) => {
      const where = ['--pr', pullRequest, '--repository', 'you/mispriced'];
      await tour.type(['preview-comment', ...where, '--data', dataFile(tour), '--dry-run']);
      await tour.type(['preview-list']);
    },
  },
  {
    title: 'It goes, and leaves nothing',
    why: 'By itself after three days, or when the pull request is closed: resources, rights, secrets, record.',
    run: async (tour) => {
      await tour.type(['preview-sweep', '--dry-run']);
      await tour.type(['preview-down', '--pr', pullRequest]);
      await tour.type(['preview-list']);
    },
  },
];
