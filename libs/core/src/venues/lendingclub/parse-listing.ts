import { z } from 'zod';
import type {
  AttributeValue,
  InvalidListing,
  Listing,
  SecurityListing,
} from '../../domain/listing.ts';
import { answerInvalid } from './errors.ts';
import { listingSchema, loanSchema, schemaProblems } from './schema.ts';

/** The venue's name in listings, orders and the ledger. */
export const lendingClubName = 'lendingclub';

/** What can be told of any loan, however broken the rest of it is. */
const readableParts = z.looseObject({
  id: z.int().nonnegative().nullable().catch(null),
  intRate: z.number().nullable().catch(null),
  term: z.int().positive().nullable().catch(null),
});

/**
 * Reads the answer to `GET /loans/listing`: price is `intRate` in percent, group is `term` in months.
 * A loan that cannot be used lands in `invalid`, and so does every copy of an id that occurs twice,
 * for nothing tells which copy is right.
 *
 * @throws MispricedError `VENUE_ANSWER_INVALID` when the answer as a whole has another shape.
 */
export function parseLendingClubListing(received: unknown): SecurityListing {
  const frame = listingSchema.safeParse(received);
  if (!frame.success) throw answerInvalid('GET /loans/listing', schemaProblems(frame.error));
  const copies = countIds(frame.data.loans);
  const listings: Listing[] = [];
  const invalid: InvalidListing[] = [];
  frame.data.loans.forEach((entry, position) => {
    const loan = loanSchema.safeParse(entry);
    const problems = loan.success ? [] : schemaProblems(loan.error);
    const parts = readableParts.safeParse(entry).data;
    const id = parts?.id ?? null;
    const term = parts?.term ?? null;
    const count = id === null ? 1 : (copies.get(id) ?? 1);
    if (count > 1) problems.push(`id: stands ${count} times in the listing`);
    if (loan.success && problems.length === 0) {
      listings.push(toListing(loan.data, entry));
      return;
    }
    invalid.push({
      id: id === null ? `entry-${position + 1}` : String(id),
      price: parts?.intRate ?? null,
      group: term === null ? null : String(term),
      problem: problems.join('; '),
    });
  });
  return { asOf: frame.data.asOfDate, listings, invalid, received };
}

function countIds(entries: readonly unknown[]): Map<number, number> {
  const copies = new Map<number, number>();
  for (const entry of entries) {
    const id = readableParts.safeParse(entry).data?.id ?? null;
    if (id !== null) copies.set(id, (copies.get(id) ?? 0) + 1);
  }
  return copies;
}

function toListing(loan: z.infer<typeof loanSchema>, entry: unknown): Listing {
  return {
    id: String(loan.id),
    venue: lendingClubName,
    price: loan.intRate,
    group: String(loan.term),
    amount: loan.loanAmount,
    remaining: loan.loanAmount.minus(loan.fundedAmount),
    attributes: scalarFields(entry),
  };
}

/** Yes-or-no fields become `true` and `false` as text, so that they can be categories. */
function scalarFields(entry: unknown): Record<string, AttributeValue> {
  const fields: [string, AttributeValue][] = [];
  for (const [name, value] of Object.entries(entry ?? {}) as [string, unknown][]) {
    if (typeof value === 'number' || typeof value === 'string' || value === null) {
      fields.push([name, value]);
    } else if (typeof value === 'boolean') {
      fields.push([name, String(value)]);
    }
  }
  return Object.fromEntries(fields);
}
