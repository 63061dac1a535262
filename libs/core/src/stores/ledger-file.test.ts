import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishedLine, intendedLine, resultLine, startedLine } from '../test/ledger-lines.ts';
import type { LedgerEntry } from '../domain/index.ts';
import { parseLedgerFile, sealLine } from './ledger-file.ts';

const lines = [
  startedLine('a'),
  intendedLine('a', '1'),
  resultLine('a', '1', 'filled'),
  finishedLine('a'),
];

function bound(entries: readonly LedgerEntry[]): string[] {
  let previous: string | null = null;
  return entries.map((entry) => {
    const { line, hash } = sealLine({ ...entry, previous });
    previous = hash;
    return line;
  });
}

const parse = (text: string) =>
  parseLedgerFile(new TextEncoder().encode(text), 'ledger/main/2026-01.jsonl');
const fileOf = (texts: readonly string[]): string => texts.map((line) => `${line}\n`).join('');

describe('parseLedgerFile', () => {
  it('reads what is whole', () => {
    const texts = bound(lines);
    const file = parse(fileOf(texts));
    expect(file.entries).toMatchObject(lines.map(({ type, runId }) => ({ type, runId })));
    expect(texts.at(-1)).toContain(`"hash":"${file.lastHash}"`);
    expect(parse('')).toEqual({ entries: [], length: 0, lastHash: null });
  });

  it.each([
    ['Line 5', 'cut off', (texts: string[]) => `${fileOf(texts)}{"ty`],
    ['Line 2', 'JSON', (texts: string[]) => fileOf(texts.with(1, '{'))],
    ['Line 1', 'not UTF-8', () => null],
    [
      'Line 1',
      'the run a did not begin in this file',
      () => fileOf(bound([intendedLine('a', '1')])),
    ],
    [
      'Line 2',
      'its epoch is 0 after 1',
      () => fileOf(bound([startedLine('a'), { ...finishedLine('a'), epoch: 0 }])),
    ],
    ['Line 1', 'it has no hash of its own', () => `${JSON.stringify(startedLine('a'))}\n`],
    ['Line 2', 'it does not follow', (texts: string[]) => fileOf(texts.toSpliced(1, 1))],
    ['Line 1', 'amount', () => fileOf(bound([intendedLine('a', '1', { amount: '25' })]))],
  ])('names %s: %s', (where, problem, spoil) => {
    const text = spoil(bound(lines));
    const bytes = text === null ? new Uint8Array([0xff]) : new TextEncoder().encode(text);
    const read = () => parseLedgerFile(bytes, 'ledger/main/2026-01.jsonl');
    expect(read).toThrow(problem);
    expect(read).toThrow(`${where} of the ledger ledger/main/2026-01.jsonl`);
    expect(read).toThrow(expect.objectContaining({ code: 'LEDGER_CORRUPT' }));
  });

  it('names the line that was changed, and sees what else follows from it', () => {
    const texts = bound(lines);
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.boolean(), (index, isSealedAgain) => {
        const changed = { ...(lines[index] ?? startedLine('a')), at: '2027-01-01T00:00:00.000Z' };
        const previous = (JSON.parse(texts[index] ?? '') as LedgerEntry).previous;
        const { line } = sealLine({ ...changed, previous });
        const spoilt = isSealedAgain ? line : (texts[index] ?? '').replace('2026', '2027');
        const read = () => parse(fileOf(texts.with(index, spoilt)));
        if (!isSealedAgain) expect(read).toThrow(`Line ${index + 1} of`);
        // Nothing follows the last line that could name it.
        else if (index < texts.length - 1) expect(read).toThrow(`Line ${index + 2} of`);
      }),
    );
  });

  it('sees every line that was taken away, put in or moved', () => {
    const texts = bound(lines);
    fc.assert(
      fc.property(
        fc.nat(texts.length - 2),
        fc.constantFrom('remove', 'double', 'swap'),
        (index, how) => {
          const line = texts[index] ?? '';
          const next = texts[index + 1] ?? '';
          const spoilt = {
            remove: texts.toSpliced(index, 1),
            double: texts.toSpliced(index, 0, line),
            swap: texts.with(index, next).with(index + 1, line),
          }[how];
          expect(() => parse(fileOf(spoilt))).toThrow('cannot be trusted');
        },
      ),
    );
  });
});
