import { checkListing } from './check-listing.ts';
import { checkScored } from './check-scored.ts';
import { decide } from './decide/index.ts';
import {
  formatMoney,
  minimumMoney,
  orderIdFor,
  parseCalendarDate,
  sumMoney,
  zeroMoney,
  type Decision,
  type FeatureSet,
  type Money,
  type OrderIntent,
  type PlacedOrder,
  type ScoredListing,
  type SecurityListing,
} from './domain/index.ts';
import { enrich } from './enrich/index.ts';
import { heldListings, spentAround, spentByGroup, unsettledListings } from './ledger/index.ts';
import { orderChecks } from './order-checks.ts';
import { placeOrders, refuseClosedVenue } from './orders/index.ts';
import type { OpenedOwnData, PipelineParts } from './pipeline-parts.ts';
import { riskOf } from './risk-curve/index.ts';
import { readAccount } from './settle-account.ts';
import { findBreach } from './venue-breaches.ts';
import type { RunTrace } from './run-trace.ts';
import type { KillSwitch } from './stores/index.ts';
import { score, type Model } from './score/index.ts';

/**
 * One run of the strategy: list, enrich, score, decide, order; each stage works on what the one
 * before returned. What it learns goes into the trace, from which `runSlot` records the run.
 *
 * @throws MispricedError What a stage cannot do without. Nothing doubtful has been bought then.
 */
export async function runPipeline(parts: PipelineParts, trace: RunTrace): Promise<void> {
  refuseClosedVenue(parts.venue, parts.times.latest());
  const model = await openModel(parts, trace);
  try {
    await runWithModel(parts, trace, model);
  } finally {
    await model.close();
  }
}

async function runWithModel(parts: PipelineParts, trace: RunTrace, model: Model): Promise<void> {
  const { manifest } = model;
  const { sets: ownData } = await openOwnData(parts, trace, manifest.features);

  const listing = await list(parts, trace);
  const asOf = parts.asOf ?? parseCalendarDate(listing.asOf);

  const enriched = enrich({ listing, asOf, ownData, featureSet: manifest.features });
  trace.asOf = asOf;
  trace.matched = enriched.rows.length;
  trace.dropped = enriched.dropped;
  parts.onProgress(`joined ${trace.matched} of ${trace.listed} with own data as of ${asOf}`);

  const curves = manifest.riskCurves;
  const scored = await score({
    rows: enriched.rows,
    model,
    asOf,
    riskOf: (group, price) => riskOf(curves, group, price),
  });
  trace.scored = scored.rows.length;
  trace.dropped = [...enriched.dropped, ...scored.dropped];
  parts.onProgress(`scored ${trace.scored} with ${manifest.name} ${manifest.version}`);

  const decisions = await decideAll(parts, trace, scored.rows);
  checkScored(trace.scored, trace.dropped);
  await order(parts, trace, decisions);
}

async function openModel(parts: PipelineParts, trace: RunTrace): Promise<Model> {
  const opened = await parts.openModel();
  trace.manifest = opened.model.manifest;
  if (opened.warning !== null) trace.warnings.push(opened.warning);
  return opened.model;
}

async function openOwnData(
  parts: PipelineParts,
  trace: RunTrace,
  features: FeatureSet,
): Promise<OpenedOwnData> {
  const opened = await parts.openOwnData(features);
  trace.ownDataSources = opened.sources;
  await parts.archive.write(
    parts.runId,
    'inputs.json',
    asJson({
      model: trace.manifest && { name: trace.manifest.name, version: trace.manifest.version },
      ownData: opened.sources,
      configuration: parts.configuration,
    }),
  );
  return opened;
}

async function list(parts: PipelineParts, trace: RunTrace): Promise<SecurityListing> {
  const listing = await parts.venue.listSecurities();
  trace.listed = listing.listings.length + listing.invalid.length;
  await parts.archive.write(parts.runId, 'listing.json', asJson(listing.received));
  checkListing(listing, parts.venue.name);
  parts.onProgress(`${parts.venue.name} lists ${trace.listed}`);
  return listing;
}

async function decideAll(
  parts: PipelineParts,
  trace: RunTrace,
  scored: readonly ScoredListing[],
): Promise<readonly Decision[]> {
  const cash = await parts.venue.availableCash();
  const placed = await holdings(parts);
  trace.cashBefore = cash;
  trace.halted = (await readHalt(parts.killSwitch)) !== null;
  const runs = parts.book.runs();
  const spent = spentByGroup(runs, parts.runId);
  const spentInRun = sumMoney(spent.values());
  const decisions = decide({
    scored,
    dropped: trace.dropped,
    threshold: parts.threshold,
    limits: parts.limits,
    cash: cashOf(parts, cash),
    held: new Set([
      ...placed.map((order) => order.listingId),
      ...heldListings(runs, { mode: parts.mode, runId: parts.runId }),
    ]),
    unknown: unsettledListings(runs),
    spentByGroup: spent,
    spentInRun,
    spentAround: spentAround(runs, parts.slot),
    roundsUpTo: parts.venue.declaration.roundsUpTo,
    killSwitch: trace.halted,
  });
  trace.decisions = decisions;
  const buys = decisions.filter((decision) => decision.decision === 'buy').length;
  parts.onProgress(`decided to buy ${buys}, with ${formatMoney(cash)} dollars of cash`);
  return decisions;
}

/** What the account holds; what a reading of it shows of orders is written down first. */
async function holdings(parts: PipelineParts): Promise<readonly PlacedOrder[]> {
  if (parts.mode === 'paper') return parts.venue.findOrders();
  const { placed } = await readAccount({ ...parts, rule: parts.releaseRule });
  const breach = findBreach(parts.book);
  if (breach !== null) throw breach;
  return placed;
}

/** Dollars to spend at most. The venue's cash is less already by what this run bought before it was interrupted. */
function cashOf({ cashLimit, book, runId }: PipelineParts, cash: Money): Money {
  if (cashLimit === null) return cash;
  const spentInRun = sumMoney(spentByGroup(book.runs(), runId).values());
  return minimumMoney(cash, cashLimit.minus(spentInRun));
}

async function order(
  parts: PipelineParts,
  trace: RunTrace,
  decisions: readonly Decision[],
): Promise<void> {
  const { runId, venue, account, slot } = parts;
  const named = { venue: venue.name, account, side: 'buy' } as const;
  trace.intents = decisions
    .filter((decision) => decision.decision === 'buy')
    .map(({ id, group, amount }): OrderIntent => ({
      ...named,
      orderId: orderIdFor({ ...named, slot, listingId: id }),
      runId,
      listingId: id,
      group: group ?? '',
      amount,
      limitPrice: null,
    }));
  trace.stopped = await placeOrders(trace.intents, {
    venue,
    mode: parts.mode,
    batchSize: parts.batchSize,
    record: parts.book.record,
    ensureOnlyRun: parts.ensureOnlyRun,
    learnTime: parts.learnTime,
    now: parts.times.latest,
    readHalt: () => readHalt(parts.killSwitch),
    ...orderChecks(parts, cashOf(parts, trace.cashBefore ?? zeroMoney)),
  });
}

/** Why trading is off, or null. It fails closed: a switch that cannot be read is on. */
async function readHalt(killSwitch: KillSwitch): Promise<string | null> {
  try {
    return (await killSwitch.read())?.why ?? null;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return `the kill switch could not be read, so trading is off: ${problem}`;
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
