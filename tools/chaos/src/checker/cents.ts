/** A decimal text or number of dollars as whole cents. @throws Error for fractions of a cent. */
export function centsOf(dollars: string): number {
  const match = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(dollars);
  if (match === null) throw new Error(`${dollars} dollars are no whole cents.`);
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/** Cents as people read them. */
export function inDollars(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** The sum of some cents. */
export function sumCents(cents: readonly number[]): number {
  return cents.reduce((sum, each) => sum + each, 0);
}
