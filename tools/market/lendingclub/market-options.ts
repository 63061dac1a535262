import { MispricedError, type CalendarDate } from '@mispriced/core';
import { z } from 'zod';
import type { OtherInvestors } from './other-investors.ts';
import type { Portfolio } from './portfolio.ts';
import type { LoanRow } from './replay/loan-row.ts';

/** What a simulated market is started with. */
export interface MarketOptions {
  /** The rows of a loan file, as `readLoanFile` gives them. */
  readonly loans: readonly LoanRow[];
  /** Where a row of it stands, for messages; its number unless given. */
  readonly placeOfLoan?: ((row: number) => string) | undefined;
  /** The day to replay: the loans issued in its month are on offer. */
  readonly asOf: CalendarDate;
  /** Dollars of an account that has bought nothing yet, such as `10000.00`. */
  readonly cash: string;
  /** What a client sends as its `Authorization` header. */
  readonly accessKey: string;
  readonly accountId: number;
  /** Over all operations together; LendingClub's 1 unless given; null for no limit. */
  readonly requestsPerSecond?: number | null;
  /** Decides which loans other investors buy; 0 unless given. */
  readonly seed?: number;
  /** None unless given. */
  readonly otherInvestors?: OtherInvestors;
  /** The account's; none unless given. */
  readonly portfolios?: readonly Portfolio[];
  /** Whether an answer leaves an empty list out, as clients saw LendingClub do; false unless given. */
  readonly omitEmptyLists?: boolean;
  /** A file that keeps what was bought and asked beyond the process; none unless given. */
  readonly stateFile?: string;
  /** Any free one unless given. */
  readonly port?: number;
  /** The time that is written beside orders. */
  readonly clock?: () => Date;
  /** What the limit is measured by; it must never run backwards. */
  readonly elapsedMilliseconds?: () => number;
}

const share = z.number().min(0).max(1);

const optionsSchema = z.object({
  asOf: z.iso.date(),
  cash: z.string().regex(/^\d+(\.\d\d?)?$/, 'must be dollars, such as 10000.00'),
  accessKey: z.string().min(1),
  accountId: z.int().positive(),
  requestsPerSecond: z.number().positive().nullish(),
  seed: z.int().optional(),
  otherInvestors: z
    .strictObject({ vanishShare: share, partialShare: share })
    .refine((shares) => shares.vanishShare + shares.partialShare <= 1, 'shares exceed 1 together')
    .optional(),
  portfolios: z
    .array(
      z.strictObject({
        portfolioId: z.int().positive(),
        portfolioName: z.string().min(1),
        portfolioDescription: z.string().nullable(),
      }),
    )
    .optional(),
  port: z.int().min(0).max(65_535).optional(),
});

/**
 * Checks what a market is started with.
 *
 * @throws MispricedError `CONFIG_INVALID` with every problem at once; the key is never repeated.
 */
export function checkMarketOptions(options: MarketOptions): void {
  const result = optionsSchema.safeParse(options);
  if (result.success) return;
  const problems = result.error.issues.map(
    (issue) => `  ${issue.path.join('.')}: ${issue.message}`,
  );
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: ['The simulated market cannot be started:', ...problems].join('\n'),
    fix: 'Correct these options.',
  });
}
