import { formatMoney, type Money, parseMoney } from '@mispriced/core';
import { z } from 'zod';
import { type StateFormat, stateHeader } from '../state/state-format.ts';
import type { MarketState } from './market-state.ts';

const dollars = z
  .string()
  .regex(/^\d+\.\d\d$/)
  .transform((text) => parseMoney(text));

const id = z.int().positive();
const characteristic = z.union([z.number(), z.string(), z.null()]);

/** The file that keeps a market's state: of every amount its text, so that cents stay exact. */
const stateFileSchema = z.strictObject({
  ...stateHeader,
  accountId: id,
  cash: dollars,
  notes: z.array(
    z.strictObject({
      noteId: id,
      orderInstructId: id,
      loanId: id,
      portfolioId: id.nullable(),
      requested: dollars,
      invested: dollars,
      orderDate: z.string(),
      at: z.string(),
      loan: z.strictObject({
        interestRate: z.number(),
        loanLength: z.number(),
        grade: characteristic,
        subGrade: characteristic,
        loanAmount: z.number(),
        purpose: characteristic,
      }),
    }),
  ),
  requests: z.array(
    z.strictObject({
      at: z.string(),
      fault: z.string().nullable(),
      request: z.unknown(),
      status: z.int(),
      answer: z.unknown(),
    }),
  ),
  fundedByOthers: z.array(z.tuple([id, dollars])),
  nextOrderInstructId: id,
  nextNoteId: id,
});

/** The file's content as it is written, without its header. */
type StateFileContent = Omit<z.input<typeof stateFileSchema>, 'format' | 'accountId'>;

/** How the state of this market is kept in a file. */
export const stateFormat: StateFormat<MarketState, z.output<typeof stateFileSchema>> = {
  schema: stateFileSchema,
  decode(stored) {
    const investedByLoan = new Map<number, Money>();
    for (const { loanId, invested } of stored.notes) {
      investedByLoan.set(loanId, investedByLoan.get(loanId)?.plus(invested) ?? invested);
    }
    return {
      cash: stored.cash,
      notes: stored.notes,
      requests: stored.requests,
      investedByLoan,
      fundedByOthers: new Map(stored.fundedByOthers),
      nextOrderInstructId: stored.nextOrderInstructId,
      nextNoteId: stored.nextNoteId,
    };
  },
  encode(state): StateFileContent {
    return {
      cash: formatMoney(state.cash),
      notes: state.notes.map((note) => ({
        ...note,
        requested: formatMoney(note.requested),
        invested: formatMoney(note.invested),
      })),
      requests: [...state.requests],
      fundedByOthers: [...state.fundedByOthers].map(([loan, money]) => [loan, formatMoney(money)]),
      nextOrderInstructId: state.nextOrderInstructId,
      nextNoteId: state.nextNoteId,
    };
  },
};
