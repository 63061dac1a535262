import { clamp, drawNormal, roundTo } from './distributions.ts';
import { namedRandom } from './random.ts';

/** Where a borrower lives. */
export interface Region {
  readonly state: string;
  /** First three digits of the zip code. */
  readonly zip3: string;
  /** Median household income, dollars. */
  readonly medianIncomeDollars: number;
  /** False for the few areas that the income file leaves out, as the real one does. */
  readonly isInIncomeFile: boolean;
}

/** The postal codes of the states and of the District of Columbia. */
export const stateCodes = (
  'AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ ' +
  'NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY'
).split(' ');

const populousStates = new Set(['CA', 'NY', 'FL', 'TX', 'NJ', 'IL', 'PA']);
const areasPerState = 17;

/** Every area of the simulated country: the same for the same seed, whatever is generated in it. */
export function generateRegions(seed: number): readonly Region[] {
  const random = namedRandom(seed, 'regions');
  return stateCodes.flatMap((state, stateIndex) => {
    const stateEffect = 0.12 * drawNormal(random);
    return Array.from({ length: areasPerState }, (_, areaIndex) => {
      const logarithm = Math.log(55_000) + stateEffect + 0.22 * drawNormal(random);
      return {
        state,
        zip3: String(5 + stateIndex * areasPerState + areaIndex).padStart(3, '0'),
        medianIncomeDollars: roundTo(clamp(Math.exp(logarithm), 18_000, 160_000), 0),
        isInIncomeFile: random() >= 0.01,
      };
    });
  });
}

/** The areas with how many people live in each: more in the populous states. */
export function weightedRegions(
  regions: readonly Region[],
): readonly (readonly [region: Region, weight: number])[] {
  return regions.map((region) => [region, populousStates.has(region.state) ? 8 : 1]);
}
