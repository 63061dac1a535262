import { parseMoney } from '@mispriced/core';
import { z } from 'zod';

const dollars = z
  .string()
  .regex(/^\d+\.\d\d$/)
  .transform((text) => parseMoney(text));

const id = z.int().positive();
const characteristic = z.union([z.number(), z.string(), z.null()]);

/** The file that keeps a market's state: of every amount its text, so that cents stay exact. */
export const stateFileSchema = z.strictObject({
  format: z.literal(1),
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

/** The file's content as it is written. */
export type StateFileContent = z.input<typeof stateFileSchema>;
