import type { CalendarDate } from '@mispriced/core';
import { z } from 'zod';
import { checkRequest } from '../src/check-request.ts';
import { withHandedOver } from '../src/files/hand-over.ts';
import { readFiles } from '../src/files/read-files.ts';
import { defaultFeaturesPath } from '../src/paths.ts';
import { ensurePythonEnvironment } from '../src/python-environment.ts';
import { runTrainer } from '../src/run-trainer.ts';
import type { TrainModelRequest } from '../src/train-model.ts';
import { trainingArguments } from '../src/training-arguments.ts';

/** What to fit on, and which listings to score. */
export interface PredictWithScikitLearnRequest extends Omit<TrainModelRequest, 'outPath'> {
  /** A loan file; its loans issued in the month of `asOf` are scored, their outcomes not read. */
  readonly listingsPath: string;
  readonly asOf: CalendarDate;
  /** The CSV file to write: `id,price,group,q,r,dropped_reason`. */
  readonly outPath: string;
}

const answerSchema = z.object({
  listed: z.int(),
  scored: z.int(),
  dropped: z.record(z.string(), z.int()),
});

/**
 * What the strategy must find, computed a second way: fits as `trainModel` does and scores listings
 * by scikit-learn itself, with neither ONNX nor manifest nor the strategy's own join.
 *
 * @throws MispricedError as `trainModel` does.
 */
export async function predictWithScikitLearn(
  request: PredictWithScikitLearnRequest,
): Promise<z.infer<typeof answerSchema>> {
  const words = {
    ...request,
    featuresPath: request.featuresPath ?? defaultFeaturesPath,
    estimator: request.estimator ?? 'gradient-boosting',
  };
  const files = await readFiles({
    ...words,
    features: await checkRequest(words),
    listings: { path: request.listingsPath, asOf: request.asOf },
  });
  const environment = await ensurePythonEnvironment();
  return await withHandedOver(files, (folder) =>
    runTrainer({
      environment,
      module: 'predict',
      arguments: [
        ...trainingArguments(words, folder),
        `--as-of=${request.asOf}`,
        `--out=${request.outPath}`,
      ],
      answer: answerSchema,
      ...(request.onProgress && { onProgress: request.onProgress }),
    }),
  );
}
