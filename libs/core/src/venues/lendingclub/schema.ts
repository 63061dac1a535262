import { z } from 'zod';
import { parseCalendarDate } from '../../domain/calendar-date.ts';
import { type Money, parseMoney } from '../../domain/money.ts';

/** Dollars as a JSON number, in whole cents. */
const dollars = z.number().transform((value, context): Money => {
  try {
    return parseMoney(value);
  } catch {
    context.addIssue({ code: 'custom', message: `${value} is not an amount in whole cents` });
    return z.NEVER;
  }
});

const identifier = z.int().nonnegative();

/** The highest interest rate that is believed; LendingClub never asked 36 percent or more. */
const highestRatePercent = 50;

/** What is used of one loan of `GET /loans/listing`; all other fields pass unchecked. */
export const loanSchema = z
  .looseObject({
    id: identifier,
    loanAmount: dollars,
    fundedAmount: dollars,
    /** Months. */
    term: z.int().positive(),
    /** Percent a year. */
    intRate: z.number().gt(0).lte(highestRatePercent),
  })
  .superRefine((loan, context) => {
    if (!loan.loanAmount.greaterThan(0)) {
      context.addIssue({ code: 'custom', path: ['loanAmount'], message: 'must be more than 0' });
    }
    if (loan.fundedAmount.isNegative() || loan.fundedAmount.greaterThan(loan.loanAmount)) {
      context.addIssue({
        code: 'custom',
        path: ['fundedAmount'],
        message: 'must lie between 0 and loanAmount',
      });
    }
  });

/**
 * The frame of `GET /loans/listing`: a loan that cannot be read must not hide the others. The venue
 * leaves an empty list out.
 */
export const listingSchema = z.looseObject({
  asOfDate: z.string().refine(beginsWithDay, 'must begin with a day, yyyy-mm-dd'),
  loans: z.array(z.unknown()).default([]),
});

/** `GET /accounts/{id}/availablecash`. */
export const availableCashSchema = z.looseObject({ availableCash: z.number() });

/** `GET /accounts/{id}/notes`. */
export const notesSchema = z.looseObject({
  myNotes: z.array(
    z.looseObject({
      loanId: identifier,
      noteAmount: dollars.refine((amount) => !amount.isNegative(), 'must not be negative'),
      orderId: identifier.nullish(),
    }),
  ),
});

/** One order's confirmation; null stands for a part that cannot be read. */
const confirmationSchema = z.looseObject({
  loanId: identifier,
  requestedAmount: dollars.nullable().optional().catch(null),
  investedAmount: dollars
    .refine((amount) => !amount.isNegative())
    .nullable()
    .catch(null),
  executionStatus: z.array(z.string()).nullable().catch(null),
});

/** The answer to `POST /accounts/{id}/orders`. */
export const orderAnswerSchema = z.looseObject({
  orderInstructId: identifier.nullish(),
  orderConfirmations: z.array(confirmationSchema),
});

export type Confirmation = z.infer<typeof confirmationSchema>;

/** The body of a refusal (400, 401, 403, 404). */
export const refusalSchema = z.looseObject({
  errors: z
    .array(z.looseObject({ code: z.string().optional(), message: z.string().optional() }))
    .min(1),
});

/** A schema's complaints, each with the field it is about. */
export function schemaProblems(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`);
}

function beginsWithDay(text: string): boolean {
  try {
    parseCalendarDate(text);
    return true;
  } catch {
    return false;
  }
}
