import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  booksOf,
  createLedgerStore,
  lendingClubDeclaration,
  migrateFirstLedger,
  refuseFirstLedger,
  readRuns,
  tradingModes,
  type LedgerEntry,
  type LedgerRun,
  type TradingMode,
} from '@mispriced/core';
import { Option } from 'commander';
import { ledgerCsv, ledgerParquet } from '../ledger/ledger-table.ts';
import { createOutput } from '../output.ts';
import {
  withStack,
  withStackOptions,
  type OpenedStack,
  type StackOptions,
} from '../stack-config.ts';
import type { Registration } from './register.ts';

interface LedgerOptions extends StackOptions {
  readonly mode: TradingMode;
  readonly csv?: string;
  readonly parquet?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced ledger verify --stack prod                   every line, its hash and its order
  mispriced ledger export --stack prod --csv orders.csv  a row for each order
  mispriced ledger migrate --stack prod --dry-run        what a migration would write`;

/** `mispriced ledger`: the book of what was ordered. */
export function registerLedger(registration: Registration): void {
  const { program, dependencies } = registration;
  const ledger = program
    .command('ledger')
    .description('Verify, export and migrate the ledger of an account.')
    .addHelpText('after', example);
  const withMode = () =>
    new Option('--mode <mode>', 'the books of live runs, or those on paper')
      .choices(tradingModes)
      .default('live');

  withStackOptions(
    ledger
      .command('verify')
      .description('Prove that every line is whole and fits; names the first that does not.'),
  )
    .addOption(withMode())
    .option('--json', 'print the result as JSON', false)
    .action(async (options: LedgerOptions) => {
      await withStack(options, dependencies, async (stack) => {
        const { account, entries, runs } = await readLedger(stack, options.mode);
        const orders = runs.flatMap((run) => run.orders).length;
        createOutput(dependencies, options.json).result(
          { account, lines: entries.length, runs: runs.length, orders },
          `The ledger of ${account} is whole: ${entries.length} lines, ${runs.length} runs, ${orders} orders.`,
        );
      });
    });

  withStackOptions(ledger.command('export').description('Write a row for each order into a table.'))
    .addOption(withMode())
    .option('--csv <file>', 'as CSV')
    .option('--parquet <file>', 'as Parquet')
    .option('--json', 'print the result as JSON', false)
    .action(async (options: LedgerOptions, command: { error(message: string): never }) => {
      if (options.csv === undefined && options.parquet === undefined) {
        command.error('error: name a file with --csv or --parquet');
      }
      await withStack(options, dependencies, async (stack) => {
        const { account, runs } = await readLedger(stack, options.mode);
        const write = async (file: string | undefined, content: string | Uint8Array) => {
          if (file !== undefined)
            await writeFile(resolve(dependencies.workingFolder, file), content);
        };
        await write(options.csv, ledgerCsv(runs));
        await write(options.parquet, ledgerParquet(runs));
        const files = [options.csv, options.parquet].filter((file) => file !== undefined);
        const orders = runs.flatMap((run) => run.orders).length;
        createOutput(dependencies, options.json).result(
          { account, orders, files },
          `${orders} orders of ${account} are in ${files.join(' and ')}.`,
        );
      });
    });

  withStackOptions(
    ledger
      .command('migrate')
      .description('Carry a ledger of the first layout over to the account.'),
  )
    .option('--dry-run', 'say what would be written, and write nothing', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (options: LedgerOptions) => {
      await withStack(options, dependencies, async ({ config, objects }) => {
        const { account } = config.values.venue;
        const { dryRun } = options;
        const done = await migrateFirstLedger({
          objects,
          account,
          declaration: lendingClubDeclaration,
          check: readRuns,
          at: new Date(),
          dryRun,
        });
        const lines = done.written.map(({ path, lines: count }) => `  ${path}: ${count} lines`);
        const verb = dryRun ? 'would be written' : 'were written';
        const text =
          done.read.length === 0 && !done.halted
            ? 'There is nothing to migrate.'
            : [
                `These files ${verb}; the old ones are kept:`,
                ...lines,
                ...(done.halted ? ['  the kill switch, which is on'] : []),
              ].join('\n');
        createOutput(dependencies, options.json).result({ account, dryRun, ...done }, text);
      });
    });
}

async function readLedger(
  { config, objects }: OpenedStack,
  mode: TradingMode,
): Promise<{
  account: string;
  entries: readonly LedgerEntry[];
  runs: readonly LedgerRun[];
}> {
  const account = booksOf(config.values.venue.account, mode);
  await refuseFirstLedger(objects);
  const entries = await createLedgerStore({ objects, account }).read();
  return { account, entries, runs: readRuns(entries) };
}
