import { z } from 'zod';

/** A market's account: a number of LendingClub's, a text of others. */
export type AccountId = string | number;

/** What the file of every market's state begins with. */
export const stateHeader = {
  format: z.literal(1),
  accountId: z.union([z.int().positive(), z.string().min(1)]),
};

/** How one market's state is kept in a file. */
export interface StateFormat<State, Stored extends { readonly accountId: AccountId }> {
  /** The file's content, `stateHeader` included. */
  readonly schema: z.ZodType<Stored>;
  decode(stored: Stored): State;
  /** The content without the header, ready for JSON. */
  encode(state: State): object;
}
