import * as core from '@mispriced/core';
import type { Corrections, ReconciledAccount } from '@mispriced/core';
import { accountNames, type AccountName, type HistoryPlan } from '../history/history-plan.ts';
import type { EffectPoint, Host, Interruption } from '../time/host.ts';
import { interruptAsPlanned } from './interrupt-as-planned.ts';
import { joinRun } from './join-run.ts';
import type { PlayedHistory, PlayedOperation, PlayedRun } from './played-history.ts';
import type { Product } from './product.ts';
import { createWorld, marketOf, type World } from './world.ts';

/** The platform ends any execution after so long. */
const longestExecutionMilliseconds = 4 * 3_600_000;
/** After so long a run is late, as it is configured by default. */
const lateAfterSeconds = 900;

/**
 * After the end: readings over more than the hours after which an order counts as not taken, twice, for
 * what a person buys of the same security in between is charged to an open order, which begins them anew.
 */
function quietHours({ releaseAfterHours }: HistoryPlan): readonly number[] {
  const hours = Math.max(24, releaseAfterHours);
  return [1, 2, 1 + hours / 2, hours + 3, hours + 4, 1.5 * hours + 4, 2 * hours + 5];
}

interface Playing {
  readonly world: World;
  readonly product: Product;
  readonly plan: HistoryPlan;
  readonly note: (point: EffectPoint, interruption: Interruption) => void;
  readonly endedWhileFrozen: { count: number };
}

/** Plays a history to its quiet end. The same plan always gives the same history. */
export async function playHistory(
  plan: HistoryPlan,
  product: Product = core,
): Promise<PlayedHistory> {
  const world = createWorld(plan);
  const interrupted: PlayedHistory['interrupted'][number][] = [];
  const note = (point: EffectPoint, interruption: Interruption): void => {
    const isUnnoticed = 'wall' in interruption && interruption.wall === 'stands-still';
    interrupted.push({ point, kind: interruption.kind, isUnnoticed });
  };
  const playing = { world, product, plan, note, endedWhileFrozen: { count: 0 } };
  const runs = plan.runs.map((run) => startRun(playing, run));
  const mayStillSend = (account: AccountName): boolean =>
    runs.some((ask) => ask().plan.account === account && ask().outcome.kind === 'running');
  const operations = plan.operations.map((operation) =>
    startOperation(playing, operation, mayStillSend),
  );
  await world.time.run();
  world.calmDown();
  const quietEnd = new Map<AccountName, string | null>();
  for (const account of accountNames) {
    if (plan.runs.some((run) => run.account === account && run.mode === 'live'))
      quietEnd.set(account, 'it was never asked');
  }
  const endedAt = world.time.nowMilliseconds();
  world.time.schedule({
    atMilliseconds: endedAt + 1_800_000,
    act: () => {
      const host = world.time.addHost({ name: 'quiet-migrator' });
      // Where it cannot be carried over any more, the reconciliation says so.
      host.start(() => migrate(playing, host, 'main').catch(() => undefined));
    },
  });
  for (const hours of quietHours(plan)) {
    for (const account of quietEnd.keys()) {
      world.time.schedule({
        atMilliseconds: endedAt + hours * 3_600_000,
        act: () => {
          const host = world.time.addHost({ name: `quiet-${account}-${hours}` });
          // Who sold in the account says so in the end.
          const { person } = marketOf(world.markets, account).history();
          const hasSold = person.some(({ did }) => did === 'sold');
          const ended = (problem: string | null) => quietEnd.set(account, problem);
          reconcileOn(playing, host, account, ended, hasSold);
        },
      });
    }
  }
  await world.time.run();
  return {
    plan,
    runs: runs.map((ask) => ask()),
    operations: operations.map((ask) => ask()),
    interrupted,
    endedWhileFrozen: playing.endedWhileFrozen.count,
    sent: world.sent,
    acknowledged: world.acknowledged,
    markets: new Map([...world.markets].map(([name, market]) => [name, market.history()])),
    storageRequests: world.storage.requests,
    ledger: new Map(
      world.storage
        .pathsOf('ledger')
        .filter((path) => !isOfFirstLedger(plan, path))
        .map((path) => [
          path,
          Buffer.from(world.storage.contentOf('ledger', path) ?? []).toString(),
        ]),
    ),
    quietEnd,
    trace: world.time.trace,
  };
}

function startRun(playing: Playing, run: PlayedRun['plan']): () => PlayedRun {
  const { world, product, plan, note } = playing;
  const startedAtMilliseconds = Date.parse(plan.startsAt) + run.afterMilliseconds;
  let outcome: PlayedRun['outcome'] = { kind: 'running' };
  let late: PlayedRun['late'] = null;
  world.time.schedule({
    atMilliseconds: startedAtMilliseconds,
    act: () => {
      const host = world.time.addHost({
        name: run.host,
        wallOffsetMilliseconds: run.wallOffsetMilliseconds,
        uptimeMilliseconds: 1_000_000,
        interruptAt: interruptAsPlanned(run.interruptions, note),
      });
      endByPlatform(playing, host);
      const slot = Date.parse(run.slot);
      const lateSeconds = Math.round((host.now().getTime() - slot) / 1000);
      const lateness =
        lateSeconds > lateAfterSeconds ? { lateSeconds, policy: run.latePolicy } : null;
      late = lateness?.policy ?? null;
      host.start(
        () => {
          const { settings, dependencies } = joinRun({ product, world, host, run, lateness });
          return product.runSlot(settings, dependencies);
        },
        (ended) => {
          if (ended.kind === 'returned') outcome = { kind: 'ended', summary: ended.value };
          else if (ended.kind === 'threw')
            outcome = { kind: 'threw', problem: problemOf(ended.error) };
          else outcome = { kind: 'killed' };
        },
      );
    },
  });
  return () => ({ plan: run, startedAtMilliseconds, late, outcome });
}

function endByPlatform({ world: { time }, endedWhileFrozen }: Playing, host: Host): void {
  time.schedule({
    atMilliseconds: time.nowMilliseconds() + longestExecutionMilliseconds,
    isBackground: true,
    act: () => {
      if (host.state === 'frozen') endedWhileFrozen.count += 1;
      host.interrupt({ kind: 'kill' });
    },
  });
}

function startOperation(
  playing: Playing,
  operation: HistoryPlan['operations'][number],
  mayStillSend: (account: AccountName) => boolean,
): () => PlayedOperation {
  const { world, product, plan } = playing;
  const { deed, account } = operation;
  const askedAtMilliseconds = Date.parse(plan.startsAt) + operation.afterMilliseconds;
  let confirmedAtMilliseconds: number | null = null;
  let problem: string | null = null;
  const ended = (what: string | null): void => {
    problem = what;
    if (what === null) confirmedAtMilliseconds = world.time.nowMilliseconds();
  };
  world.time.schedule({
    atMilliseconds: askedAtMilliseconds,
    act: () => {
      const host = world.time.addHost({ name: operation.host });
      if (deed === 'reconcile' || deed === 'accept-missing') {
        reconcileOn(playing, host, account, ended, deed === 'accept-missing');
        return;
      }
      if (deed === 'migrate') {
        startTold(host, () => migrate(playing, host, account), ended);
        return;
      }
      if (deed === 'close') {
        // A person who does not know that nothing is on its way leaves it alone.
        if (!mayStillSend(account)) closeOn(playing, host, account, ended);
        return;
      }
      const objects = world.objectsOf(host, product);
      const killSwitch = product.createKillSwitch({ objects, account });
      const said = { why: 'a person said so', by: 'a person', at: host.now().toISOString() };
      startTold(host, () => killSwitch[deed](said), ended);
    },
  });
  return () => ({ deed, account, askedAtMilliseconds, confirmedAtMilliseconds, problem });
}

function reconcileOn(
  playing: Playing,
  host: Host,
  account: AccountName,
  ended: (problem: string | null) => void,
  acceptMissing = false,
): void {
  startTold(host, () => reconcile(playing, host, account, { close: [], acceptMissing }), ended);
}

async function migrate(
  { product, world, plan }: Playing,
  host: Host,
  account: AccountName,
): Promise<void> {
  if (plan.firstLedger === null) return;
  const objects = world.objectsOf(host, product);
  const { readRuns: check, lendingClubDeclaration: declaration } = product;
  const at = host.now();
  await product.migrateFirstLedger({ objects, account, declaration, check, at, dryRun: false });
}

/** Reconciles, and closes what is open and surely never reached the market. */
function closeOn(
  playing: Playing,
  host: Host,
  account: AccountName,
  ended: (problem: string | null) => void,
): void {
  const isSurelyNotBought = (listingId: string): boolean =>
    marketOf(playing.world.markets, account)
      .history()
      .requests.filter(({ order }) =>
        order?.asked.some(({ loanId }) => String(loanId) === listingId),
      )
      .every(({ order }) => order?.conduct.booking === 'never');
  startTold(
    host,
    async () => {
      const seen = await reconcile(playing, host, account, nothing);
      const close = (seen?.open ?? [])
        .filter(({ intent }) => isSurelyNotBought(intent.listingId))
        .map(({ intent }) => intent.orderId);
      if (close.length > 0) await reconcile(playing, host, account, { ...nothing, close });
    },
    ended,
  );
}

async function reconcile(
  { product, world, plan }: Playing,
  host: Host,
  account: AccountName,
  corrections: Corrections,
): Promise<ReconciledAccount | null> {
  const like = plan.runs.find((run) => run.account === account && run.mode === 'live');
  if (like === undefined) return null;
  // A reconciliation is of the moment it is asked for.
  const slot = new Date(Math.floor(host.now().getTime() / 1000) * 1000).toISOString();
  const { settings, dependencies } = joinRun({
    product,
    world,
    host,
    run: { ...like, slot },
    lateness: null,
  });
  return product.reconcileAccount(settings, dependencies, corrections);
}

const nothing: Corrections = { close: [], acceptMissing: false };

function startTold(
  host: Host,
  program: () => Promise<unknown>,
  told: (problem: string | null) => void,
): void {
  host.start(program, (outcome) => {
    if (outcome.kind === 'returned') told(null);
    else told(outcome.kind === 'threw' ? problemOf(outcome.error) : outcome.kind);
  });
}

/** What version 0.1.0 left behind has no lines of today. */
function isOfFirstLedger({ firstLedger }: HistoryPlan, path: string): boolean {
  return firstLedger !== null && path.startsWith(`${firstLedger.strategy}/`);
}

function problemOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
