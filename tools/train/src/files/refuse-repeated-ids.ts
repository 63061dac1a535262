import type { DataProblems } from '@mispriced/core';

/** Names every id that stands in a file more than once: a market lists each loan once. */
export function refuseRepeatedIds(args: {
  ids: readonly (number | string | null)[];
  place: (row: number) => string;
  problems: DataProblems;
}): void {
  const rowOf = new Map<number | string, number>();
  args.ids.forEach((id, row) => {
    if (id === null) return;
    const earlier = rowOf.get(id);
    if (earlier === undefined) rowOf.set(id, row);
    else {
      args.problems.add(
        `${args.place(row)}, loan_id: Loan ${id} occurs twice; it stands on ${args.place(earlier)}; take one away`,
        'ids',
      );
    }
  });
}
