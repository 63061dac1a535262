import { readFile } from 'node:fs/promises';
import type { Stage } from '@mispriced/config';
import {
  asMispricedError,
  momentIn,
  parseCalendarDate,
  parseDecisionsCsv,
  parseMoney,
  runIdFor,
  type RunSummary,
} from '@mispriced/core';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { createOutput } from '../output.ts';
import { executeRun } from '../run/execute-run.ts';
import { exitCodeOfRun } from '../run/exit-code-of-run.ts';
import type { RunOptions } from '../run/run-options.ts';
import { stackName, stageOf } from '../stack-config.ts';
import { runText } from '../run/run-text.ts';
import type { Registration } from './register.ts';

const example = `
Examples:
  mispriced run                                   on paper, on the simulated market
  mispriced run --mode live --seed 7              buys on the simulated market
  mispriced run --stack dev --mode paper          with the settings of an environment
  mispriced run --listings loans.csv.gz --own-data unemployment.csv --own-data income.csv \\
    --as-of 2010-12-15                            over loans of your own, replayed`;

/** `mispriced run`: the daily job, once. */
export function registerRun({ program, dependencies, finish }: Registration): void {
  program
    .command('run')
    .description('Run the daily job once: list, join, score, decide, order, record.')
    .option('--stack <name>', 'where to run', stackName, 'embedded')
    .option('--slot <utc-time>', 'the scheduled moment to run (default: the last one)', parseSlot)
    .addOption(new Option('--mode <mode>', 'paper sends no order').choices(['paper', 'live']))
    .option('--market-url <url>', 'a market that runs already')
    .addOption(
      new Option(
        '--listings <file>',
        'a loan file to list on the simulated market (.csv, .csv.gz, .parquet)',
      ).conflicts('marketUrl'),
    )
    .option('--own-data <file>', 'an own data set; repeat for each', collect, [])
    .option('--as-of <date>', 'the day to replay, yyyy-mm-dd', checked(parseCalendarDate))
    .option('--seed <n>', 'which simulated market', parseSeed, 1)
    .option('--threshold <t>', 'buy where q - r is below minus this')
    .option('--cash <dollars>', 'what may be spent', checked(parseMoney))
    .option('--model <folder>', 'a bundle as `mispriced train` writes it')
    .option('--config <file>', 'settings above those of the stage')
    .option('--state <folder>', 'where ledger, archive and models stay (default: a fresh folder)')
    .option('--out <folder>', 'where decisions and report go (default: runs/<run id>)')
    .option('--anyway', 'live: run a slot that is not in the schedule', false)
    .option('--json', 'print the summary as JSON', false)
    .addHelpText('after', example)
    .action(async (options: RunOptions, command: Command) => {
      const output = createOutput(dependencies, options.json);
      const stage = stageOf(options.stack);
      const misplaced = (['listings', 'state'] as const).find(
        (name) => options[name] !== undefined,
      );
      if (stage !== 'embedded' && misplaced !== undefined) {
        command.error(`error: --${misplaced} is for the stack embedded, not for ${options.stack}`);
      }
      const summary = await executeRun({
        options,
        stage,
        dependencies,
        onProgress: (message) => {
          output.progress(message);
        },
      }).catch((error: unknown) => unbegunSummary(options, stage, error));
      output.result(summary, options.json ? '' : await textOf(summary, options));
      finish(exitCodeOfRun(summary.status));
    });
}

/** What `--json` prints for a run that could not begin has the same shape as for one that did. */
function unbegunSummary(options: RunOptions, stage: Stage, thrown: unknown): RunSummary {
  const slot = options.slot ?? new Date();
  return {
    status: 'failed',
    runId: runIdFor('unbegun', slot),
    slot: slot.toISOString(),
    stage,
    mode: options.mode ?? 'paper',
    listed: 0,
    dropped: {},
    matched: 0,
    scored: 0,
    decided: 0,
    bought: 0,
    cashBefore: null,
    spent: '0.00',
    model: null,
    ledger: null,
    report: null,
    decisions: null,
    error: asMispricedError(thrown).toJSON(),
  };
}

async function textOf(summary: RunSummary, options: RunOptions): Promise<string> {
  const text = summary.decisions === null ? null : await readIfThere(summary.decisions);
  const report = summary.report;
  const nextSteps =
    options.stack !== 'embedded' || report === null
      ? []
      : [
          `open ${report}                 the whole run on one page`,
          'npx mispriced run --mode live --seed 2 --threshold 0.02   another market, a bolder strategy',
          'docs/train-a-model.md                  a model from your own data',
        ];
  return runText({
    summary,
    decisions: text === null ? [] : parseDecisionsCsv(text, summary.decisions ?? ''),
    nextSteps,
  });
}

/** Decisions that could not be copied out are in the archive, which need not be a folder. */
function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** An option's text, refused as wrong use where a parser of the domain refuses it. */
function checked(parse: (text: string) => unknown): (text: string) => string {
  return (text) => {
    try {
      parse(text);
      return text;
    } catch (error) {
      throw new InvalidArgumentError(asMispricedError(error).message);
    }
  };
}

function parseSlot(text: string): Date {
  const slot = momentIn(text);
  if (slot !== null) return slot;
  throw new InvalidArgumentError(
    'Write it in UTC, such as 2026-01-05T15:25:03Z, of a day that the calendar has.',
  );
}

function parseSeed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number such as 7.');
}
