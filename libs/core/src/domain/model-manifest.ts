import { z } from 'zod';
import { MispricedError } from './errors.ts';
import { featureSetSchema } from './feature-set.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const probability = z.number().min(0).max(1);

/**
 * The knots of one isotonic regression: prices strictly rising, risks never falling.
 */
export const riskCurveKnotsSchema = z
  .strictObject({
    prices: z.array(z.number()).min(1),
    risks: z.array(probability).min(1),
  })
  .refine((curve) => curve.prices.length === curve.risks.length, 'as many risks as prices')
  .refine(
    (curve) => curve.prices.every((price, i) => i === 0 || price > (curve.prices[i - 1] ?? 0)),
    'prices must rise strictly',
  )
  .refine(
    (curve) => curve.risks.every((risk, i) => i === 0 || risk >= (curve.risks[i - 1] ?? 0)),
    'risks must never fall',
  );

const scores = z.strictObject({
  /** Area under the receiver operating characteristic; null where only one outcome occurs. */
  rocAuc: z.number().nullable(),
  /** Mean squared error of the probability; null where no loan could be measured. */
  brier: z.number().nullable(),
});

/** A model's identity card: everything a run needs to trust and use `model.onnx`. */
export const modelManifestSchema = z.strictObject({
  format: z.literal(1),
  name: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().regex(/^[A-Za-z0-9.-]+$/),
  model: z.strictObject({
    file: z.literal('model.onnx'),
    sha256,
    /** The estimator in words, for reports. */
    estimator: z.string(),
    /** One float32 tensor [rows, features] in, in the order of the feature declaration. */
    input: z.string(),
    /** One float32 tensor [rows, 2] out; column 1 is the probability of a loss. */
    output: z.string(),
  }),
  features: featureSetSchema,
  label: z.strictObject({
    name: z.string(),
    /** True when the label was known only after the loans' whole life: never an honest edge. */
    hindsight: z.boolean(),
    horizonMonths: z.int().positive().nullable(),
  }),
  training: z.strictObject({
    issuedBefore: z.string(),
    rows: z.int().positive(),
    dropped: z.record(z.string(), z.int()),
    dataSha256: sha256,
    ownData: z.array(z.strictObject({ name: z.string(), sha256 })),
    packages: z.record(z.string(), z.string()),
  }),
  /**
   * Measured on the latest part of the training rows by a model fitted on the earlier part; no rows
   * where the earlier part had too few known labels.
   */
  metrics: z.strictObject({
    splitAt: z.string(),
    rows: z.int().nonnegative(),
    q: scores,
    r: scores,
  }),
  riskCurves: z.record(z.string(), riskCurveKnotsSchema),
  parity: z.strictObject({
    file: z.literal('parity.csv'),
    sha256,
    rows: z.int().positive(),
    /** Largest difference in q that is still equal. */
    tolerance: z.number().positive(),
  }),
});

export type ModelManifest = z.infer<typeof modelManifestSchema>;
export type RiskCurveKnots = z.infer<typeof riskCurveKnotsSchema>;

/**
 * Checks a manifest.
 *
 * @param where The file it came from, for the message.
 * @throws MispricedError `MODEL_CONTRACT` with every problem at once.
 */
export function parseModelManifest(value: unknown, where: string): ModelManifest {
  const result = modelManifestSchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`,
  );
  throw new MispricedError({
    code: 'MODEL_CONTRACT',
    message: [`The model's manifest ${where} breaks its contract:`, ...problems].join('\n'),
    fix: 'Train the model again with `npx mispriced train`, or publish an intact bundle.',
  });
}
