import type { PlayedHistory } from '../play/played-history.ts';
import { brokenWords } from './broken-words.ts';
import { checkBrokenWord } from './check-broken-word.ts';
import { checkDisplaced } from './check-displaced.ts';
import { checkEvidence, checkIds } from './check-evidence.ts';
import { checkAcknowledged } from './check-ledger.ts';
import { checkHalts } from './check-halts.ts';
import { checkOccasions } from './check-occasions.ts';
import { earlierOrders } from './earlier-orders.ts';
import { checkLate } from './check-late.ts';
import { checkLimits } from './check-limits.ts';
import { checkBoughtOnce, checkSending } from './check-orders.ts';
import { checkRefusals } from './check-refusals.ts';
import { checkOverfilled } from './check-overfilled.ts';
import { checkQuietEnd } from './check-quiet-end.ts';
import { checkEnds } from './check-runs.ts';
import { knownOrders } from './known-order.ts';
import { checkTrueEvidence } from './check-true-evidence.ts';
import { checkSaid } from './check-said.ts';
import { checkSummaries } from './check-summaries.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { readLines } from './read-lines.ts';
import { sentOrders } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** What a judge says of a history. */
export interface Judgement {
  /** Where markets did not keep their word; some promises hold only until then. */
  readonly breaches: readonly string[];
  readonly violations: readonly Violation[];
}

/** Judges a history by the promises, from the market's book of truth and the ledger's bare files. */
export function checkHistory(history: PlayedHistory): Judgement {
  const writtenAt = ledgerWrites(history);
  const files = [...history.ledger].map(([path, text]) => readLines(path, text, writtenAt));
  const lines = files.flatMap((file) => file.lines);
  const known = knownOrders(lines);
  const sent = sentOrders(history, known);
  const broken = brokenWords(history);
  const violations = [
    ...files.flatMap(({ violations }) => violations),
    ...checkAcknowledged(history),
    ...checkDisplaced(lines),
    ...checkSending(sent),
    ...checkEvidence(lines, known, history.plan.releaseAfterHours),
    ...checkTrueEvidence(history, sent),
    ...checkRefusals(sent),
    ...checkIds(known),
    ...checkHalts(history),
    ...checkEnds(history),
    ...checkSaid(lines),
    ...checkSummaries(history, lines, sent),
    ...checkBrokenWord(history),
    ...checkLate(history, lines, sent, broken),
    ...checkOverfilled(history, lines, sent),
    ...checkBoughtOnce(sent, broken),
    ...checkLimits(sent, broken, earlierOrders(history, known)),
    ...checkOccasions(history, sent),
    ...checkQuietEnd(history, known, sent),
  ];
  return { breaches: broken.facts, violations };
}
