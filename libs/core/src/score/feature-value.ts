import { monthNumber, parseCalendarDate } from '../domain/calendar-date.ts';
import type { DropReason } from '../domain/decision.ts';
import type { EnrichedListing } from '../domain/enriched-listing.ts';
import { MispricedError } from '../domain/errors.ts';
import {
  type FeatureDeclaration,
  missingCategoryCode,
  unseenCategoryCode,
} from '../domain/feature-set.ts';
import type { AttributeValue } from '../domain/listing.ts';

/** What a model's input is made from. */
export type FeatureSource = Pick<EnrichedListing, 'id' | 'attributes' | 'own'>;

/** A feature's value, or why the listing cannot be scored. */
export type FeatureValue =
  | { readonly value: number }
  | {
      readonly reason: Extract<DropReason, 'missing-value' | 'unseen-category'>;
      readonly detail: string;
    };

type NumericFeature = Exclude<FeatureDeclaration, { type: 'category' }>;
type CategoryFeature = Extract<FeatureDeclaration, { type: 'category' }>;

/**
 * A feature's value in one listing, as training saw it. Only an absent value is filled; one of the
 * wrong kind drops the listing, because nobody knows what it means.
 *
 * @param asOfMonth The listing's month, as months since year 0.
 * @throws MispricedError `FEATURES_INVALID` for a fill that training has not resolved.
 */
export function featureValue(
  feature: FeatureDeclaration,
  source: FeatureSource,
  asOfMonth: number,
): FeatureValue {
  if (feature.type === 'category') {
    return categoryValue(feature, source.attributes[feature.field] ?? null);
  }
  if (feature.type === 'own') return ownValue(feature, source);
  const raw = source.attributes[feature.field] ?? null;
  if (feature.type === 'number') return numberValue(feature, raw);
  if (raw === null || raw === '') return missingNumber(feature);
  if (typeof raw !== 'string') return wrong(feature, `${raw} where a date is declared`);
  try {
    return { value: asOfMonth - monthNumber(parseCalendarDate(raw)) };
  } catch {
    return wrong(feature, `${JSON.stringify(raw)} is not a date`);
  }
}

function ownValue(
  feature: Extract<FeatureDeclaration, { type: 'own' }>,
  source: FeatureSource,
): FeatureValue {
  const column = feature.relativeToMonth ? `${feature.ownColumn}_relative` : feature.ownColumn;
  const value = source.own[feature.ownData]?.[column];
  if (value === undefined) return wrong(feature, `${feature.ownData} has no ${column}`);
  return numberValue(feature, value);
}

function numberValue(feature: NumericFeature, value: AttributeValue): FeatureValue {
  if (value === null) return missingNumber(feature);
  if (typeof value === 'string') {
    return wrong(feature, `the text ${JSON.stringify(value)} where a number is declared`);
  }
  // The model reads float32, in which a large double is infinite.
  return Number.isFinite(Math.fround(value))
    ? { value }
    : wrong(feature, `${value} is no number a model can use`);
}

function categoryValue(feature: CategoryFeature, value: AttributeValue): FeatureValue {
  if (value === null || value === '') {
    return feature.missing === 'code' ? { value: missingCategoryCode } : wrong(feature, 'missing');
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return wrong(feature, `${value} where a category is declared`);
  }
  const code = feature.categories.indexOf(String(value));
  if (code >= 0) return { value: code };
  if (feature.unseen === 'code') return { value: unseenCategoryCode };
  return {
    reason: 'unseen-category',
    detail: `${feature.name}: ${JSON.stringify(value)} was not seen in training`,
  };
}

function missingNumber(feature: NumericFeature): FeatureValue {
  if (feature.missing === 'drop') return wrong(feature, 'missing');
  const { fill } = feature.missing;
  if (typeof fill === 'number') return { value: fill };
  throw new MispricedError({
    code: 'FEATURES_INVALID',
    message: `The feature "${feature.name}" is filled with a median that training has not set.`,
    fix: "Score by the features of a model's manifest, not by those of a features file.",
  });
}

function wrong(feature: FeatureDeclaration, detail: string): FeatureValue {
  return { reason: 'missing-value', detail: `${feature.name}: ${detail}` };
}
