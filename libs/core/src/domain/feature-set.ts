import { z } from 'zod';
import { MispricedError } from './errors.ts';

/** A value of a listing: `field` as the venue's API calls it, `column` as the training file does. */
const listingSource = {
  field: z.string().min(1),
  column: z.string().min(1),
};

const ownDataKey = z.strictObject({
  ...listingSource,
  /** The key's column in the own data set. */
  ownColumn: z.string().min(1),
  /** Compare only so many leading characters of the listing's value (`890xx` and `890`: 3). */
  firstCharacters: z.int().positive().optional(),
});

const ownDataDate = z.strictObject({
  /** The column with the month a value is of, as any day of that month. */
  ownColumn: z.string().min(1),
  /** The value of month M may be used from the first day of month M + lagMonths. */
  lagMonths: z.int().nonnegative(),
  /** A value older than this many months past its lag is not used: the own data was not refreshed. */
  staleAfterMonths: z.int().nonnegative(),
});

const ownDataSet = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  keys: z.array(ownDataKey).min(1),
  /** Null declares the set static: it is used for every date, and the report says so. */
  date: ownDataDate.nullable(),
  columns: z.array(z.string().min(1)).min(1),
});

const featureBase = {
  name: z.string().regex(/^[a-z0-9_]+$/),
  unit: z.string().min(1),
  /** What kind of knowledge it is, for reports. */
  group: z.enum(['price', 'characteristic', 'own-data']),
};

/** `median` is resolved when a model is trained; a manifest holds the number. */
const missingNumber = z.union([
  z.literal('drop'),
  z.strictObject({ fill: z.union([z.number(), z.literal('median')]) }),
]);

const numberFeature = z.strictObject({
  ...featureBase,
  type: z.literal('number'),
  ...listingSource,
  /** Training file values that are text, as numbers: `{"< 1 year": 0}`; null is missing. */
  columnValues: z.record(z.string(), z.number().nullable()).optional(),
  missing: missingNumber,
});

const monthsSinceFeature = z.strictObject({
  ...featureBase,
  /** Month boundaries between the date in the field and the listing's date. */
  type: z.literal('months-since'),
  ...listingSource,
  missing: missingNumber,
});

const categoryFeature = z.strictObject({
  ...featureBase,
  type: z.literal('category'),
  ...listingSource,
  /** Training file values that differ from the API's: `{"Not Verified": "NOT_VERIFIED"}`. */
  columnValues: z.record(z.string(), z.string().nullable()).optional(),
  /** A category reaches the model as its position in this list. */
  categories: z.array(z.string().min(1)).min(1),
  /** `code`: an unseen category reaches the model as -1. */
  unseen: z.enum(['code', 'drop']),
  /** `code`: a missing value reaches the model as -2. */
  missing: z.enum(['code', 'drop']),
});

const ownFeature = z.strictObject({
  ...featureBase,
  type: z.literal('own'),
  ownData: z.string().min(1),
  ownColumn: z.string().min(1),
  /** Subtract the mean over all keys of the same month: levels drift with the times. */
  relativeToMonth: z.boolean(),
  missing: missingNumber,
});

const featureDeclaration = z.discriminatedUnion('type', [
  numberFeature,
  monthsSinceFeature,
  categoryFeature,
  ownFeature,
]);

/**
 * What a model looks at, declared once: training (Python) reads this from the features file, scoring
 * (TypeScript) from the model's manifest.
 */
export const featureSetSchema = z
  .strictObject({
    format: z.literal(1),
    name: z.string().regex(/^[a-z0-9-]+$/),
    venue: z.string().min(1),
    price: z.strictObject({ ...listingSource, unit: z.string().min(1) }),
    group: z.strictObject({ ...listingSource, unit: z.string().min(1) }),
    ownData: z.array(ownDataSet),
    features: z.array(featureDeclaration).min(1),
  })
  .superRefine((set, context) => {
    const seen = new Set<string>();
    set.features.forEach((feature, index) => {
      const path = ['features', index];
      if (seen.has(feature.name)) {
        context.addIssue({ code: 'custom', path, message: `"${feature.name}" is declared twice` });
      }
      seen.add(feature.name);
      if (feature.type !== 'own') return;
      const own = set.ownData.find((candidate) => candidate.name === feature.ownData);
      if (!own?.columns.includes(feature.ownColumn)) {
        context.addIssue({
          code: 'custom',
          path,
          message: `no own data set "${feature.ownData}" with a column "${feature.ownColumn}" is declared`,
        });
      }
      if (feature.relativeToMonth && own?.date === null) {
        context.addIssue({
          code: 'custom',
          path,
          message: 'a static set has no month to be relative to',
        });
      }
    });
  });

export type FeatureSet = z.infer<typeof featureSetSchema>;
export type FeatureDeclaration = FeatureSet['features'][number];
export type OwnDataDeclaration = FeatureSet['ownData'][number];

/** What an unseen category and a missing one reach the model as. */
export const unseenCategoryCode = -1;
export const missingCategoryCode = -2;

/**
 * Checks a feature declaration.
 *
 * @param where The file it came from, for the message.
 * @throws MispricedError `FEATURES_INVALID` with every problem at once.
 */
export function parseFeatureSet(value: unknown, where: string): FeatureSet {
  const result = featureSetSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`,
  );
  throw new MispricedError({
    code: 'FEATURES_INVALID',
    message: [`The feature declaration ${where} has problems:`, ...problems].join('\n'),
    fix: 'Mend each line named above; docs/train-a-model.md describes the file.',
  });
}
