/** What a market that rounds up to 25 dollars may fill at most of an order, in cents. */
export function mostFilledCents(askedCents: number): number {
  return Math.ceil(askedCents / 2500) * 2500;
}
