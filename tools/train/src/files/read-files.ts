import {
  asMispricedError,
  matchOwnData,
  monthNumber,
  readOwnData,
  type CalendarDate,
  type FeatureSet,
  type OwnDataSet,
} from '@mispriced/core';
import { usesOfKnownAfterwards } from '../known-afterwards.ts';
import { refusal, type Problem } from '../refusal.ts';
import { readLoans, type TypedLoans } from './read-loans.ts';
import { readSourceFile } from './source-file.ts';

/** Everything that a training reads, checked and typed. */
export interface ReadFiles {
  readonly loans: TypedLoans & { readonly where: string; readonly sha256: string };
  readonly ownData: readonly { readonly set: OwnDataSet; readonly sha256: string }[];
  /** Loans to score, whose outcomes were not read; null where none were asked for. */
  readonly listings: TypedLoans | null;
}

/**
 * Reads loans and own data for training, by the reader that runs and `data publish` use.
 *
 * @param listings A second loan file, of which the loans issued in the month of a day are wanted.
 * @throws MispricedError with every problem of every file, and every feature that looks ahead.
 */
export async function readFiles(args: {
  dataPath: string;
  ownDataPaths: readonly string[];
  features: FeatureSet;
  issuedBefore: CalendarDate;
  listings?: { readonly path: string; readonly asOf: CalendarDate };
}): Promise<ReadFiles> {
  const { features, listings } = args;
  const problems: Problem[] = [...usesOfKnownAfterwards(features)];
  async function attempt<Value>(work: Promise<Value>): Promise<Value | null> {
    try {
      return await work;
    } catch (error) {
      problems.push(asMispricedError(error));
      return null;
    }
  }
  const loans = await attempt(readTrainingLoans(args));
  const ownData = await attempt(readOwnDataFiles(args.ownDataPaths, features, attempt));
  const listed =
    listings === undefined
      ? null
      : await attempt(
          readSourceFile(listings.path).then((file) =>
            readLoans({
              file,
              features,
              outcome: false,
              isWanted: (day) => monthNumber(day) === monthNumber(listings.asOf),
            }),
          ),
        );
  const [first, ...others] = problems;
  if (first !== undefined) throw refusal([first, ...others]);
  // Without a problem both were read.
  if (loans === null || ownData === null) throw new Error('A file was not read, without a reason.');
  return { loans, ownData, listings: listed };
}

async function readTrainingLoans(args: {
  dataPath: string;
  features: FeatureSet;
  issuedBefore: CalendarDate;
}): Promise<ReadFiles['loans']> {
  const file = await readSourceFile(args.dataPath);
  const loans = await readLoans({
    file,
    features: args.features,
    outcome: true,
    isWanted: (day) => day < args.issuedBefore,
  });
  if (loans.rowCount > 0) return { ...loans, where: file.where, sha256: file.sha256 };
  throw refusal([
    {
      code: 'DATA_INVALID',
      message: `No loan of ${file.where} was issued before ${args.issuedBefore}; the first is of ${loans.firstIssued ?? 'none'}.`,
      fix: 'Give a later issued-before.',
    },
  ]);
}

async function readOwnDataFiles(
  paths: readonly string[],
  features: FeatureSet,
  attempt: <Value>(work: Promise<Value>) => Promise<Value | null>,
): Promise<ReadFiles['ownData']> {
  const files = await Promise.all(paths.map(readSourceFile));
  const matched = await matchOwnData(files, features.ownData);
  const read: { set: OwnDataSet; sha256: string }[] = [];
  for (const file of matched) {
    const sha256 = files.find(({ where }) => where === file.where)?.sha256 ?? '';
    const set = await attempt(readOwnData(file));
    if (set !== null) read.push({ set, sha256 });
  }
  return read;
}
