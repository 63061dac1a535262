import {
  buyReasons,
  dropReasons,
  skipReasons,
  type Decision,
  type DecisionReason,
} from '../domain/decision.ts';
import { asMispricedError, MispricedError } from '../domain/errors.ts';
import { parseMoney } from '../domain/money.ts';
import { csvColumns } from './csv-columns.ts';
import { type CsvRecord, readCsvRecords } from './read-csv-records.ts';

const reasons: ReadonlySet<string> = new Set([...dropReasons, ...skipReasons, ...buyReasons]);
const problemsShown = 10;

/**
 * Reads a `decisions.csv` back, so that two runs can be compared: what `formatDecisionsCsv` wrote,
 * number for number. (An empty group reads back as none.)
 *
 * @param where The file it came from, for the message.
 * @throws MispricedError `DATA_INVALID` with every wrong line at once.
 */
export function parseDecisionsCsv(text: string, where: string): Decision[] {
  const problems: string[] = [];
  const decisions: Decision[] = [];
  try {
    const [header, ...records] = readCsvRecords(text.replace(/^\uFEFF/, ''));
    if (header?.cells.join() !== csvColumns.join()) {
      problems.push(`line 1: the header must be ${csvColumns.join()}`);
    } else {
      for (const record of records) decisions.push(...attempt(record, problems));
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problems.push(error.message);
  }
  if (problems.length === 0) return decisions;
  const more = problems.length - problemsShown;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: [
      `${where} is no file of decisions:`,
      ...problems.slice(0, problemsShown).map((problem) => `  ${problem}`),
      ...(more > 0 ? [`  and ${more} more`] : []),
    ].join('\n'),
    fix: 'Use the decisions.csv of a run as it was written; a spreadsheet may have changed it.',
  });
}

function attempt(record: CsvRecord, problems: string[]): Decision[] {
  try {
    return [decisionOf(record.cells)];
  } catch (error) {
    problems.push(`line ${record.line}: ${asMispricedError(error).message}`);
    return [];
  }
}

function decisionOf(cells: readonly string[]): Decision {
  const [
    id = '',
    price = '',
    group = '',
    r = '',
    q = '',
    edge = '',
    decision,
    amount = '',
    reason,
  ] = cells;
  if (cells.length !== csvColumns.length) throw wrong(`${cells.length} cells instead of 9`);
  if (decision !== 'buy' && decision !== 'skip') throw wrong('decision must be buy or skip');
  if (!isReason(reason)) throw wrong(`reason ${JSON.stringify(reason)} is not one of the list`);
  return {
    id,
    price: numberOf('price', price),
    group: group === '' ? null : group,
    r: numberOf('r', r),
    q: numberOf('q', q),
    edge: numberOf('edge', edge),
    decision,
    amount: parseMoney(amount),
    reason,
  };
}

function isReason(text: string | undefined): text is DecisionReason {
  return text !== undefined && reasons.has(text);
}

function numberOf(name: string, text: string): number | null {
  if (text === '') return null;
  const value = /^[-+.\deE]+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw wrong(`${name} ${JSON.stringify(text)} is not a number`);
  return value;
}

function wrong(message: string): MispricedError {
  return new MispricedError({ code: 'DATA_INVALID', message, fix: 'Mend the line.' });
}
