import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { provesAll } from '@mispriced/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { compareBooks, marketOrders } from './support/compare-books.ts';
import { craftLoans, nextSlot, openMarket, slot } from './support/crafted-market.ts';
import type { EffectListener } from './support/effects.ts';
import { settingsOf } from './support/prove-kill.ts';
import { runOnce, workspaceRoot } from './support/run-once.ts';
import { openBlobStack, openFileStack, type TradingStack } from './support/trading-stack.ts';

const crafted = await craftLoans();
const files = await openFileStack(crafted.generated);

afterAll(() => files.close());

/** Runs the strategy and does something once the first of three batches is in the ledger. */
async function interfere(stack: TradingStack, strategy: string, act: () => Promise<unknown>) {
  const market = await openMarket(crafted.loans);
  onTestFinished(() => market.close());
  const settings = settingsOf(stack, market.settings, strategy);
  const summary = await runOnce({ settings, slot, listen: afterFirstBatch(act) });
  return { market, settings, summary, filled: await marketOrders(market.url) };
}

function afterFirstBatch(act: () => Promise<unknown>): EffectListener {
  let acted = false;
  return async ({ name }, moment) => {
    if (acted || moment !== 'after' || name !== 'append order-result') return;
    acted = true;
    await act();
  };
}

/** The stage `local` is told of a market; the command does not go there. */
const marketOfNobody = {
  MISPRICED__VENUE__URL: 'http://127.0.0.1:9',
  MISPRICED__VENUE__ACCOUNT_ID: '1',
  MISPRICED__TRADING_API_KEY: 'unused',
};

/** The command as a person types it, in a process of its own. */
async function mispriced(strategy: string, ...words: readonly string[]): Promise<string> {
  const settings = settingsOf(files, {}, strategy);
  const program = join(workspaceRoot, 'tools/cli/bin/mispriced.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, ...words, '--stack', 'local'],
    { env: { PATH: process.env['PATH'], ...marketOfNobody, ...settings } },
  );
  return stdout;
}

function writeKillSwitch(stack: TradingStack, strategy: string, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return stack.objects.write('control', `${strategy}/kill-switch.json`, bytes, 'any');
}

describe('a kill switch that is set between two batches', () => {
  it('by `mispriced halt` stops the run before the next; `resume` lets the next slot trade', async () => {
    const strategy = 'halted';
    const { settings, market, summary, filled } = await interfere(files, strategy, () =>
      mispriced(strategy, 'halt', '--why', 'prices look wrong'),
    );
    expect(summary).toMatchObject({ status: 'halted', bought: 2, spent: '50.00', error: null });
    expect(filled).toHaveLength(2);
    const entries = await files.ledgerOf(strategy).read();
    expect(compareBooks({ filled, entries })).toEqual([]);
    expect(entries.at(-1)).toMatchObject({ type: 'run-finished', status: 'halted' });

    expect(await runOnce({ settings, slot })).toMatchObject({ status: 'skipped' });
    const still = await runOnce({ settings, slot: nextSlot });
    expect(still).toMatchObject({ status: 'halted', bought: 0 });
    await mispriced(strategy, 'resume', '--why', 'the feed was mended');
    const later = new Date(nextSlot.getTime() + 86_400_000);
    expect(await runOnce({ settings, slot: later })).toMatchObject({ status: 'traded', bought: 5 });
    expect(await marketOrders(market.url)).toHaveLength(7);
  });

  it.each(provesAll ? ['', 'halted', '{"halted": true}', '[]'] : ['halted'])(
    'as %j, which nobody understands, stops it',
    async (text) => {
      const strategy = `unclear-${text.length}`;
      const { summary, filled } = await interfere(files, strategy, () =>
        writeKillSwitch(files, strategy, text),
      );
      expect(summary).toMatchObject({ status: 'halted', bought: 2 });
      expect(filled).toHaveLength(2);
    },
  );

  it('and cannot be read stops it', async () => {
    const strategy = 'unreadable';
    const { summary, filled } = await interfere(files, strategy, () =>
      mkdir(join(files.objects.location, 'control', strategy, 'kill-switch.json')),
    );
    expect(summary).toMatchObject({ status: 'halted', bought: 2 });
    expect(filled).toHaveLength(2);
  });

  it('or storage that is gone between two batches stops it, within a minute', async () => {
    const blobs = await openBlobStack(crafted.generated);
    const { summary, filled } = await interfere(blobs, 'gone', () => blobs.close());
    expect(summary).toMatchObject({ status: 'halted', error: { code: 'STORE_UNAVAILABLE' } });
    expect(filled).toHaveLength(2);
  });
});
