import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { runPython } from './run-python.ts';

/** What the second implementation decides by: the contract's words, dollars as text. */
export interface DecidedBy {
  readonly threshold: number;
  readonly cash: string;
  readonly limits: {
    readonly perOrder: string;
    readonly perRun: string;
    readonly perGroup: Readonly<Record<string, string>>;
    readonly listingShare: string;
    readonly minimumOrder: string;
    readonly step: string;
  };
}

/** The defaults of the contract. */
export const decidedByDefault: DecidedBy = {
  threshold: 0.04,
  cash: '10000.00',
  limits: {
    perOrder: '25.00',
    perRun: '1000.00',
    perGroup: {},
    listingShare: '0.25',
    minimumOrder: '25.00',
    step: '25.00',
  },
};

/** One line of a decisions.csv, every cell as it is written. */
export type DecisionCells = Readonly<
  Record<'id' | 'price' | 'group' | 'r' | 'q' | 'edge' | 'decision' | 'amount' | 'reason', string>
>;

/** Reads a decisions.csv by a CSV reader that knows nothing of decisions, and checks its form. */
export async function readCells(outFolder: string): Promise<readonly DecisionCells[]> {
  const text = await readFile(join(outFolder, 'decisions.csv'), 'utf8');
  expect(text).toMatch(/^id,price,group,r,q,edge,decision,amount,reason\n[^\r]*\n$/);
  return parse<DecisionCells>(text, { columns: true });
}

interface DecidedAgain {
  readonly id: string;
  readonly edge: number;
  readonly decision: string;
  readonly amount: string;
  readonly reason: string;
}

/**
 * Checks every line of a decisions.csv: lines with a q against the second implementation in Python,
 * order and edges to the last bit; lines without one after them, by id; every number in the shortest
 * text that reads back to the same double.
 *
 * @returns The lines.
 */
export async function expectDecidedAgain(args: {
  outFolder: string;
  loansPath: string;
  by: DecidedBy;
  held?: readonly string[];
}): Promise<readonly DecisionCells[]> {
  const cells = await readCells(args.outFolder);
  const again = (await runPython('decide_again.py', {
    ...args.by,
    decisions: join(args.outFolder, 'decisions.csv'),
    loans: args.loansPath,
    held: args.held ?? [],
  })) as readonly DecidedAgain[];
  const scored = cells.slice(0, again.length);
  expect(
    scored.map(({ id, edge, decision, amount, reason }) => ({
      id,
      edge: Number(edge),
      decision,
      amount,
      reason,
    })),
  ).toEqual(again);
  const dropped = cells.slice(again.length);
  for (const row of dropped) {
    expect(row).toMatchObject({ q: '', r: '', edge: '', decision: 'skip', amount: '0.00' });
  }
  const ids = dropped.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  for (const row of cells) {
    for (const text of [row.price, row.r, row.q, row.edge]) {
      if (text !== '') expect(String(Number(text))).toBe(text);
    }
  }
  return cells;
}
