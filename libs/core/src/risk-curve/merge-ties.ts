/** What happened to securities of one price, as one observation. */
export interface WeightedPoint {
  readonly price: number;
  /** 0 (no loss) to 1 (loss); the weighted mean where several rows were merged. */
  readonly outcome: number;
  /** Greater than zero. */
  readonly weight: number;
}

/**
 * Prices nearer than this are one price: the decimal resolution of a double, which scikit-learn
 * uses too, so that a curve fitted here and one fitted in training have the same knots.
 */
const priceResolution = 1e-15;

/**
 * Merges rows of one price into their weighted mean, so that one price has one risk: the secondary
 * treatment of ties of J. de Leeuw, "Correctness of Kruskal's algorithms for monotone regression
 * with ties", Psychometrika 42 (1977), which scikit-learn uses.
 *
 * @param sorted In the order of price.
 */
export function mergeTies(sorted: readonly WeightedPoint[]): WeightedPoint[] {
  const merged: WeightedPoint[] = [];
  let price = Number.NaN;
  let weight = 0;
  let weightedOutcome = 0;
  const close = (): void => {
    if (weight > 0) merged.push({ price, outcome: weightedOutcome / weight, weight });
  };
  for (const point of sorted) {
    if (!(point.price - price < priceResolution)) {
      close();
      price = point.price;
      weight = 0;
      weightedOutcome = 0;
    }
    weight += point.weight;
    weightedOutcome += point.outcome * point.weight;
  }
  close();
  return merged;
}
