import type { ChangedDecision, DecisionOutcome, PreviewData } from '../preview-data.ts';
import { codeText } from './code-text.ts';
import { lines, type Section } from './section.ts';

/** What this run decided otherwise than the base's on the same listings. */
export function decisionsSections({ base, decisions }: PreviewData): readonly Section[] {
  if (base === null || decisions === null) return [];
  const reference = codeText(base.reference);
  const heading = `### Decisions against ${reference}`;
  const { compared, same, changed } = decisions;
  if (changed.length === 0) {
    return [lines(heading, '', `All ${compared} are the same.`)];
  }
  const isBought = (outcome: DecisionOutcome | null): boolean => outcome?.decision === 'buy';
  const here = changed.filter((each) => isBought(each.here) && !isBought(each.base));
  const there = changed.filter((each) => !isBought(each.here) && isBought(each.base));
  const others = changed.filter((each) => isBought(each.here) === isBought(each.base));
  return [
    lines(heading, '', `${changed.length} of ${compared} are others, ${same} the same.`),
    ...table(`Bought here, not by ${reference}`, here),
    ...table(`Bought by ${reference}, not here`, there),
    ...table('Another amount or reason', others),
  ];
}

function table(title: string, changed: readonly ChangedDecision[]): readonly Section[] {
  if (changed.length === 0) return [];
  const head = [
    `#### ${title}: ${changed.length}`,
    '',
    '| listing | here | why | base | why |',
    '| :-- | :-- | :-- | :-- | :-- |',
  ];
  const rows = changed.map(
    ({ id, here, base }) => `| ${codeText(id, 60)} | ${cells(here)} | ${cells(base)} |`,
  );
  return [{ head, rows, noun: 'listing' }];
}

function cells(outcome: DecisionOutcome | null): string {
  if (outcome === null) return 'not listed | ';
  const { decision, amount, reason, edge } = outcome;
  const what = decision === 'buy' ? `buy ${codeText(amount, 20)}` : 'skip';
  const at = edge === null ? '' : ` at edge ${edge.toFixed(4)}`;
  return `${what} | ${codeText(reason, 40)}${at}`;
}
