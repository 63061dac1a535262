import {
  booksOf,
  formatMoney,
  reconcileAccount,
  type LedgerOrder,
  type ReconciledAccount,
} from '@mispriced/core';
import { composeRun } from '@mispriced/strategy';
import { exitCodes } from '../command-dependencies.ts';
import { createOutput } from '../output.ts';
import { withStack, withStackOptions, type StackOptions } from '../stack-config.ts';
import type { Registration } from './register.ts';

interface ReconcileOptions extends StackOptions {
  readonly close: readonly string[];
  readonly acceptMissing: boolean;
  readonly json: boolean;
}

const example = `
Examples:
  mispriced reconcile --stack prod                    what the account and the ledger say of each other
  mispriced reconcile --stack prod --close ORDER      an order that was never bought, as you know
  mispriced reconcile --stack prod --accept-missing   what was sold by hand is gone for good`;

/** `mispriced reconcile`: the account against the ledger, outside of a run. */
export function registerReconcile({ program, dependencies, finish }: Registration): void {
  withStackOptions(
    program
      .command('reconcile')
      .description(
        'Compare the account at the market with the ledger, and write down what it shows.',
      ),
  )
    .option('--close <order>', 'close an open order that was never bought; repeatable', collect, [])
    .option('--accept-missing', 'what was bought and is missing is gone for good', false)
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', example)
    .action(async (options: ReconcileOptions) => {
      const output = createOutput(dependencies, options.json);
      await withStack(options, dependencies, async ({ config, objects }) => {
        const now = new Date();
        const { settings, dependencies: parts } = await composeRun({
          config,
          objects,
          mode: 'live',
          slot: now,
          lateness: null,
          dependencies: {
            fetch,
            now: () => new Date(),
            random: Math.random,
            sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
            onProgress: (message) => {
              output.progress(message);
            },
          },
        });
        const { close, acceptMissing } = options;
        const said = await reconcileAccount(settings, parts, { close, acceptMissing });
        const value = valueOf(said, booksOf(config.values.venue.account, 'live'));
        output.result(value, textOf(value));
        finish(value.differences === 0 ? exitCodes.done : exitCodes.failed);
      });
    });
}

function valueOf(said: ReconciledAccount, account: string) {
  const { differences, open, closed } = said;
  const amounts = (list: typeof differences.foreign) =>
    list.map(({ listingId, amount }) => ({ listingId, amount: formatMoney(amount) }));
  const found = differences.found.map(({ order, filled, outcome }) => ({
    ...orderOf(order),
    outcome,
    filled: formatMoney(filled),
  }));
  const foreign = amounts(differences.foreign);
  const missing = amounts(differences.missing);
  const stillOpen = open.map(orderOf);
  return {
    account,
    differences: [found, foreign, missing, stillOpen].flat().length,
    found,
    foreign,
    missing,
    open: stillOpen,
    closed,
    accepted: amounts(said.accepted),
    cash: formatMoney(said.cash),
    baseline: amounts(said.baseline),
  };
}

function orderOf({ intent }: LedgerOrder) {
  const { orderId, runId, listingId, amount, at } = intent;
  return { orderId, runId, listingId, amount, at };
}

function textOf(value: ReturnType<typeof valueOf>): string {
  const lines = [
    ...value.found.map(
      (each) => `found    ${each.listingId}: order ${each.orderId} bought ${each.filled} dollars`,
    ),
    ...value.foreign.map((each) => `foreign  ${each.listingId}: ${each.amount} dollars, not ours`),
    ...value.missing.map((each) => `missing  ${each.listingId}: ${each.amount} dollars`),
    ...value.open.map(
      (each) => `open     ${each.listingId}: order ${each.orderId} for ${each.amount} dollars`,
    ),
    ...value.closed.map((orderId) => `closed   order ${orderId}`),
    ...value.accepted.map(
      (each) => `gone     ${each.listingId}: ${each.amount} dollars, as you say`,
    ),
    ...value.baseline.map((each) => `baseline ${each.listingId}: ${each.amount} dollars, not ours`),
  ];
  const head =
    value.differences === 0
      ? `The account ${value.account} and its ledger agree.`
      : `The account ${value.account} and its ledger differ in ${value.differences} places:`;
  return [head, ...lines, `cash     ${value.cash} dollars`].join('\n');
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
