import { refusalSchema } from './schema.ts';

/** The body of an answer that is not 200. */
export interface Refusal {
  /** The venue's own words. */
  readonly words: readonly string[];
  /** Whether it says that the request was turned down before it did anything. */
  readonly isBeforeEffect: boolean;
}

/**
 * What LendingClub answers to a request that it cannot read, or from somebody it does not know. Any
 * other code may have come later.
 */
const codesBeforeEffect: ReadonlySet<string | undefined> = new Set([
  'bad-request',
  'forbidden',
  'invalid-json',
  'validation-error',
]);

/** Reads a refusal's body; null where it is not one of the venue's. */
export function parseRefusal(received: unknown): Refusal | null {
  const refusal = refusalSchema.safeParse(received);
  if (!refusal.success) return null;
  const { errors } = refusal.data;
  return {
    words: errors.map(({ code, message }) =>
      [code, message].filter((part) => part !== undefined).join(': '),
    ),
    isBeforeEffect: errors.every(({ code }) => codesBeforeEffect.has(code)),
  };
}
