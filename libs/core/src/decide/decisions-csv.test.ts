import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buyReasons, dropReasons, skipReasons, type Decision } from '../domain/decision.ts';
import { parseMoney } from '../domain/money.ts';
import { formatDecisionsCsv } from './format-decisions-csv.ts';
import { parseDecisionsCsv } from './parse-decisions-csv.ts';

const header = 'id,price,group,r,q,edge,decision,amount,reason';
const skipped: Decision = {
  id: '7',
  price: 13.99,
  group: '36',
  r: 0.1,
  q: 0.3,
  edge: 0.3 - 0.1,
  decision: 'skip',
  amount: parseMoney('0'),
  reason: 'edge-within-threshold',
};

// A group of no characters is written as no group.
const anyText = fc.string({ unit: 'grapheme', maxLength: 6 });
const hostileText = fc.oneof(
  anyText,
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '=') }),
);
const number = fc.option(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const decision: fc.Arbitrary<Decision> = fc.record({
  id: hostileText,
  price: number,
  group: fc.option(hostileText.filter((text) => text !== '')),
  r: number,
  q: number,
  edge: number,
  decision: fc.constantFrom('buy', 'skip'),
  amount: fc.nat().map((value) => parseMoney(value).dividedBy(100)),
  reason: fc.constantFrom(...dropReasons, ...skipReasons, ...buyReasons),
});

function refusal(text: string): string {
  try {
    parseDecisionsCsv(text, 'decisions.csv');
  } catch (error) {
    expect(error).toMatchObject({ code: 'DATA_INVALID' });
    return (error as Error).message;
  }
  return 'accepted';
}

describe('decisions.csv', () => {
  it('keeps to its contract', () => {
    const bought: Decision = {
      ...skipped,
      id: '8',
      q: 1e-7,
      edge: 1e-7 - 0.1,
      decision: 'buy',
      amount: parseMoney('25'),
      reason: 'edge-beyond-threshold',
    };
    const dropped: Decision = {
      ...skipped,
      id: '=2+2, "quoted"',
      price: null,
      group: null,
      r: null,
      q: null,
      edge: null,
      reason: 'invalid-listing',
    };
    expect(formatDecisionsCsv([bought, skipped, dropped])).toBe(
      [
        header,
        '8,13.99,36,0.1,1e-7,-0.0999999,buy,25.00,edge-beyond-threshold',
        '7,13.99,36,0.1,0.3,0.19999999999999998,skip,0.00,edge-within-threshold',
        '"=2+2, ""quoted""",,,,,,skip,0.00,invalid-listing',
        '',
      ].join('\n'),
    );
  });

  it('is its header alone where nothing was listed', () => {
    expect(formatDecisionsCsv([])).toBe(`${header}\n`);
    expect(parseDecisionsCsv(`${header}\n`, 'decisions.csv')).toEqual([]);
  });

  it('leaves blank what is no number', () => {
    expect(formatDecisionsCsv([{ ...skipped, price: Infinity }])).toContain('\n7,,36,');
  });

  it('reads back to the same decisions, every double the same', () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const text = formatDecisionsCsv(decisions);
        expect(parseDecisionsCsv(text, 'decisions.csv')).toEqual(decisions);
        expect(formatDecisionsCsv(parseDecisionsCsv(text, 'decisions.csv'))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('is read with the line breaks and the mark a spreadsheet gives it', () => {
    const text = formatDecisionsCsv([skipped]).replaceAll('\n', '\r\n');
    expect(parseDecisionsCsv(`\uFEFF${text}`, 'decisions.csv')).toEqual([skipped]);
  });

  it('names every line that is wrong, and where it starts', () => {
    const message = refusal(
      [
        header,
        '1,x,36,,,,skip,0.00,no-own-data',
        '"2\n2",1,36,,,,maybe,0.00,no-own-data',
        '3,1,36,,,,skip,0.00,bad-luck',
        '4,1,36,,,,skip,0.001,no-own-data',
        '5,1,36',
        '6,1,36,,,,skip,0.00,',
      ].join('\n'),
    );
    expect(message).toContain('line 2: price "x" is not a number');
    expect(message).toContain('line 3: decision must be buy or skip');
    expect(message).toContain('line 5: reason "bad-luck" is not one of the list');
    expect(message).toContain('line 6: amount is 0.001');
    expect(message).toContain('line 7: 3 cells instead of 9');
    expect(message).toContain('line 8: reason ""');
    const many = [header, ...new Array<string>(13).fill('1,2')].join('\n');
    expect(refusal(many)).toContain('and 3 more');
  });

  it('refuses what is no such file', () => {
    expect(refusal('')).toContain('the header must be');
    expect(refusal('id,price\n')).toContain('the header must be');
    expect(refusal(`${header}\n"1,2`)).toContain('line 2: a quote is not closed');
    expect(refusal(`${header}\n1"2,3`)).toContain('line 2: a quote');
    expect(refusal(`${header}\n1e999,1e999,,,,,skip,0.00,no-own-data`)).toContain('1e999');
    expect(refusal(`${header}\n1,,,,,,skip,0.00,`)).toContain('reason');
  });
});
