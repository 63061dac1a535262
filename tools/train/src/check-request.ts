import { access, readFile } from 'node:fs/promises';
import {
  MispricedError,
  parseCalendarDate,
  parseFeatureSet,
  type FeatureSet,
} from '@mispriced/core';
import { parse, YAMLParseError } from 'yaml';
import { refusal, type Problem } from './refusal.ts';

/** What can be trained; `gradient-boosting` where nothing else is asked for. */
export const estimators = ['gradient-boosting', 'logistic-regression'] as const;
export type Estimator = (typeof estimators)[number];

/** The words of a request as they were given. */
export interface RequestWords {
  readonly dataPath: string;
  readonly ownDataPaths: readonly string[];
  readonly featuresPath: string;
  readonly issuedBefore: string;
  readonly label: string;
  readonly estimator: string;
}

const labelPattern = /^charged-off-(with-hindsight|within-[1-9]\d?-months)$/;

/**
 * Checks what can be checked before a file of data is read.
 *
 * @returns What the model is to look at.
 * @throws MispricedError with every mistake at once.
 */
export async function checkRequest(request: RequestWords): Promise<FeatureSet> {
  const features = await readFeatures(request.featuresPath);
  const found = await Promise.all([request.dataPath, ...request.ownDataPaths].map(missingFile));
  const problems = [...wordProblems(request), ...found].filter((problem) => problem !== null);
  if ('fix' in features) throw refusal([features, ...problems]);
  const [first, ...others] = problems;
  if (first !== undefined) throw refusal([first, ...others]);
  return features;
}

function wordProblems(request: RequestWords): (Problem | null)[] {
  return [
    isDay(request.issuedBefore)
      ? null
      : {
          code: 'DATA_INVALID',
          message: `issued-before is ${JSON.stringify(request.issuedBefore)}, not a day.`,
          fix: 'Write it as yyyy-mm-dd.',
        },
    labelPattern.test(request.label)
      ? null
      : {
          code: 'DATA_INVALID',
          message: `There is no label ${request.label}.`,
          fix: 'Use charged-off-with-hindsight or charged-off-within-N-months (N from 1 to 99).',
        },
    estimators.some((name) => name === request.estimator)
      ? null
      : {
          code: 'DATA_INVALID',
          message: `There is no estimator ${request.estimator}.`,
          fix: `Use ${estimators.join(' or ')}.`,
        },
  ];
}

function isDay(text: string): boolean {
  try {
    return parseCalendarDate(text) === text;
  } catch {
    return false;
  }
}

async function missingFile(path: string): Promise<Problem | null> {
  try {
    await access(path);
    return null;
  } catch {
    return {
      code: 'DATA_MISSING',
      message: `There is no file ${path} that can be read.`,
      fix: 'Check the path.',
    };
  }
}

async function readFeatures(path: string): Promise<FeatureSet | Problem> {
  const missing = await missingFile(path);
  if (missing !== null) return { ...missing, code: 'FEATURES_INVALID' };
  try {
    return parseFeatureSet(parse(await readFile(path, 'utf8')), path);
  } catch (error) {
    if (error instanceof MispricedError) return error;
    if (!(error instanceof YAMLParseError)) throw error;
    return {
      code: 'FEATURES_INVALID',
      message: `${path} is not YAML: ${error.message}`,
      fix: 'Mend the file; docs/train-a-model.md describes it.',
    };
  }
}
