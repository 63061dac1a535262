import { resolve } from 'node:path';
import { trainModel } from '@mispriced/train';
import { createOutput } from '../output.ts';
import type { Registration } from './register.ts';

const example = `
Example:
  mispriced train --data loans.csv.gz --own-data unemployment.csv --own-data income.csv \\
    --issued-before 2010-07-01 --label charged-off-within-12-months --out my-model`;

interface TrainOptions {
  readonly data: string;
  readonly ownData: readonly string[];
  readonly issuedBefore: string;
  readonly features?: string;
  readonly label: string;
  readonly estimator?: string;
  readonly out: string;
  readonly json: boolean;
}

/** `mispriced train`: a model from loans and own data, as a bundle that a run can use. */
export function registerTrain({ program, dependencies }: Registration): void {
  program
    .command('train')
    .description('Train a model with scikit-learn and export it, checked, as a bundle.')
    .requiredOption('--data <file>', 'loans with their outcomes (.csv, .csv.gz, .parquet)')
    .option(
      '--own-data <file>',
      'an own data set; repeat for each',
      (value: string, previous: readonly string[]) => [...previous, value],
      [],
    )
    .requiredOption('--issued-before <date>', 'use only loans issued before this day')
    .option('--features <file>', 'the feature declaration (default: the one for LendingClub)')
    .requiredOption('--label <name>', 'charged-off-with-hindsight or charged-off-within-N-months')
    .option('--estimator <name>', 'gradient-boosting or logistic-regression')
    .requiredOption('--out <folder>', 'where the bundle goes')
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: TrainOptions) => {
      const output = createOutput(dependencies, options.json);
      const path = (text: string): string => resolve(dependencies.workingFolder, text);
      const trained = await trainModel({
        dataPath: path(options.data),
        ownDataPaths: options.ownData.map(path),
        issuedBefore: options.issuedBefore,
        ...(options.features !== undefined && { featuresPath: path(options.features) }),
        label: options.label,
        ...(options.estimator !== undefined && { estimator: options.estimator }),
        outPath: path(options.out),
        onProgress: (line) => {
          output.progress(line);
        },
      });
      const { manifest } = trained;
      const { q, r, rows, splitAt } = manifest.metrics;
      const number = (value: number | null): string => value?.toFixed(5) ?? 'none';
      output.result(
        {
          out: trained.outPath,
          name: manifest.name,
          version: manifest.version,
          label: manifest.label,
          rows: manifest.training.rows,
          dropped: manifest.training.dropped,
          metrics: manifest.metrics,
          largestExportDifference: trained.largestExportDifference,
        },
        [
          '',
          `${manifest.name} ${manifest.version} in ${trained.outPath}`,
          `label      ${manifest.label.name}${manifest.label.hindsight ? ' (known only with hindsight: not an honest edge)' : ''}`,
          `trained on ${manifest.training.rows} loans issued before ${manifest.training.issuedBefore}`,
          ...(rows === 0
            ? [
                `NOT MEASURED: the loans before ${splitAt} do not suffice. Nothing says that it beats the price.`,
              ]
            : [
                `measured   on ${rows} loans issued from ${splitAt}, by a model of the earlier ones:`,
                `           q ROC AUC ${number(q.rocAuc)}, Brier ${number(q.brier)}`,
                `           r ROC AUC ${number(r.rocAuc)}, Brier ${number(r.brier)}`,
              ]),
        ].join('\n'),
      );
    });
}
