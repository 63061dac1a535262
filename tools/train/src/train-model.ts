import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseModelManifest, type CalendarDate, type ModelManifest } from '@mispriced/core';
import { z } from 'zod';
import { checkRequest } from './check-request.ts';
import { withHandedOver } from './files/hand-over.ts';
import { readFiles } from './files/read-files.ts';
import { defaultFeaturesPath } from './paths.ts';
import { ensurePythonEnvironment } from './python-environment.ts';
import { runTrainer } from './run-trainer.ts';
import { trainingArguments } from './training-arguments.ts';

/** What to train on, and how. */
export interface TrainModelRequest {
  /** Loans with their outcomes: .csv, .csv.gz or .parquet. */
  readonly dataPath: string;
  /** One file for each own data set that the features declare; matched by their columns. */
  readonly ownDataPaths: readonly string[];
  /** Only loans issued before this day are used. */
  readonly issuedBefore: CalendarDate;
  /** Default: the declaration for LendingClub that comes with the trainer. */
  readonly featuresPath?: string;
  /** `charged-off-with-hindsight` or `charged-off-within-N-months`. */
  readonly label: string;
  /** One of `estimators`; default `gradient-boosting`. */
  readonly estimator?: string;
  /** The bundle's folder: new, empty, or holding an older bundle, which is replaced. */
  readonly outPath: string;
  readonly onProgress?: (line: string) => void;
}

/** A bundle that was written and read back. */
export interface TrainedModel {
  readonly outPath: string;
  readonly manifest: ModelManifest;
  /** Loans issued early enough whose label could not be known on the day. */
  readonly labelNotYetKnown: number;
  /** Late loans left out of the metrics: their group had no risk curve before the split. */
  readonly withoutCurveInMeasurement: number;
  /** Largest difference of a probability between scikit-learn and onnxruntime. */
  readonly largestExportDifference: number;
}

const answerSchema = z.object({
  labelNotYetKnown: z.int(),
  withoutCurveInMeasurement: z.int(),
  largestExportDifference: z.number(),
});

/**
 * Trains a model with scikit-learn and writes its bundle: `model.onnx`, `manifest.json` and
 * `parity.csv`. The same input gives the same bytes on the same platform. Nothing is written unless
 * the exported model was seen to predict what scikit-learn predicts.
 *
 * @throws MispricedError with every mistake in the request and its files; `PYTHON_UNAVAILABLE`;
 *   `MODEL_PARITY` where the export differs.
 */
export async function trainModel(request: TrainModelRequest): Promise<TrainedModel> {
  const words = {
    ...request,
    featuresPath: request.featuresPath ?? defaultFeaturesPath,
    estimator: request.estimator ?? 'gradient-boosting',
  };
  const features = await checkRequest(words);
  request.onProgress?.(`Reading ${request.dataPath}`);
  const files = await readFiles({ ...words, features });
  const progress = request.onProgress && { onProgress: request.onProgress };
  const environment = await ensurePythonEnvironment({ ...progress });
  const answer = await withHandedOver(files, (folder) =>
    runTrainer({
      environment,
      module: 'train',
      arguments: [...trainingArguments(words, folder), '--out', request.outPath],
      answer: answerSchema,
      ...progress,
    }),
  );
  const manifestPath = join(request.outPath, 'manifest.json');
  const manifest: unknown = JSON.parse(await readFile(manifestPath, 'utf8'));
  return {
    outPath: request.outPath,
    manifest: parseModelManifest(manifest, manifestPath),
    ...answer,
  };
}
