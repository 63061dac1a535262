import type { Account } from './account.ts';
import type { HeldNote, PersonRecord } from './market-history.ts';

/** Every note that was ever bought, by its id: what the account shows, and what was sold. */
export function heldNotes(account: Account, person: readonly PersonRecord[]): readonly HeldNote[] {
  const shown = account.state.notes.map(({ noteId, loanId, invested }) => ({
    noteId,
    loanId,
    amount: invested,
    fate: account.fates.get(noteId) ?? ('held' as const),
  }));
  const sold = person
    .filter(({ did }) => did === 'sold')
    .map(({ noteId, loanId, amount }) => ({ noteId, loanId, amount, fate: 'sold' as const }));
  return [...shown, ...sold].toSorted((one, other) => one.noteId - other.noteId);
}
