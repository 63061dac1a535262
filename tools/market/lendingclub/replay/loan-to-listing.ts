import { MispricedError, monthCell, monthNumber, type CalendarDate } from '@mispriced/core';
import { listingFields, type ListingField } from './listing-fields.ts';
import type { LoanRow } from './loan-row.ts';
import type { ListingValue, MarketListing } from './market-listing.ts';
import { parseColumn } from './parse-column.ts';

const verificationStatuses = ['NOT_VERIFIED', 'VERIFIED', 'SOURCE_VERIFIED', null] as const;

/**
 * The listing of a loan as it was on offer: nothing that became known later, and nothing of it
 * funded yet.
 *
 * @param date The day to replay.
 * @returns Null where the loan was not on offer on that day: it is on every day of its month of issue.
 * @throws MispricedError `DATA_INVALID` with every problem of the row.
 */
export function loanToListing(row: LoanRow, date: CalendarDate): MarketListing | null {
  if (issueMonth(row) !== monthNumber(date)) return null;
  const problems: string[] = [];
  const read = (field: ListingField): ListingValue => {
    const [column, kind] = listingFields[field] ?? ['', 'text'];
    const parsed = parseColumn(kind, row[column]);
    if ('value' in parsed) return parsed.value;
    problems.push(`${column}: ${parsed.problem}`);
    return null;
  };
  const fields = Object.keys(listingFields) as ListingField[];
  const values = fields.map((field) => [field, read(field)] as const);
  const listing = Object.fromEntries(values) as Record<ListingField, ListingValue>;
  if (!verificationStatuses.some((status) => status === listing.isIncV)) {
    problems.push(`verification_status is ${JSON.stringify(row['verification_status'])}`);
  }
  const essential = {
    id: positive(listing.id, 'loan_id', /^\d+$/, problems),
    loanAmount: positive(listing.loanAmount, 'loan_amnt', /^\d+(\.\d\d?)?$/, problems),
    fundedAmount: 0,
    term: positive(listing.term, 'term', /^\d+$/, problems),
    intRate: positive(listing.intRate, 'int_rate', /./, problems),
  };
  if (problems.length > 0) throw cannotBeListed(row, problems);
  return { ...listing, ...essential };
}

function issueMonth(row: LoanRow): number {
  const month = monthCell(row['issue_d'] ?? null);
  if ('value' in month) return month.value;
  throw cannotBeListed(row, [`issue_d: ${month.problem}`]);
}

function positive(value: ListingValue, column: string, form: RegExp, problems: string[]): number {
  if (typeof value === 'number' && value > 0 && form.test(String(value))) return value;
  // What could not be read was named then.
  if (problems.some((problem) => problem.startsWith(`${column}: `))) return Number.NaN;
  problems.push(value === null ? `${column} is missing` : `${column} is ${value}`);
  return Number.NaN;
}

function cannotBeListed(row: LoanRow, problems: readonly string[]): MispricedError {
  return new MispricedError({
    code: 'DATA_INVALID',
    message: `Loan ${JSON.stringify(row['loan_id'])} cannot be listed: ${problems.join('; ')}.`,
    fix: 'Mend the row in the loan file, or leave it out.',
  });
}
