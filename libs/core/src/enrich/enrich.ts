import { isDeepStrictEqual } from 'node:util';
import { type CalendarDate, monthNumber } from '../domain/calendar-date.ts';
import type { DroppedListing, EnrichedListing, StageOutcome } from '../domain/enriched-listing.ts';
import { MispricedError } from '../domain/errors.ts';
import type { FeatureSet, OwnDataDeclaration } from '../domain/feature-set.ts';
import type { Listing, SecurityListing } from '../domain/listing.ts';
import { findAsOf } from './find-as-of.ts';
import { type OwnDataRow, type OwnDataSet, ownDataKey } from './own-data-set.ts';

/**
 * Joins every listing with the own data that was known on its day. A listing without own data is
 * dropped with a reason, and so is every entry the venue sent that could not be read.
 *
 * @throws MispricedError `DATA_MISSING` where a declared set was not given, `DATA_INVALID` where one
 * was read by another declaration than the features'.
 */
export function enrich(args: {
  listing: SecurityListing;
  asOf: CalendarDate;
  ownData: readonly OwnDataSet[];
  featureSet: FeatureSet;
}): StageOutcome<EnrichedListing> {
  const sets = args.featureSet.ownData.map((declaration) => setOf(declaration, args.ownData));
  const asOfMonth = monthNumber(args.asOf);
  const rows: EnrichedListing[] = [];
  const dropped: DroppedListing[] = args.listing.invalid.map(({ id, price, group, problem }) => ({
    id,
    price,
    group,
    reason: 'invalid-listing',
    detail: problem,
  }));
  for (const listing of args.listing.listings) {
    const own: Record<string, OwnDataRow['values']> = {};
    const drop = joinAll({ listing, sets, asOfMonth, own });
    if (drop === null) rows.push({ ...listing, own });
    else dropped.push(drop);
  }
  return { rows, dropped };
}

/** Fills `own` set by set; the first set that has nothing decides the reason. */
function joinAll(args: {
  listing: Listing;
  sets: readonly OwnDataSet[];
  asOfMonth: number;
  own: Record<string, OwnDataRow['values']>;
}): DroppedListing | null {
  const { id, price, group } = args.listing;
  for (const set of args.sets) {
    const { name } = set.declaration;
    const parts = keyParts(args.listing, set.declaration);
    if (typeof parts === 'string') {
      return { id, price, group, reason: 'no-own-data', detail: `${name}: ${parts} is missing` };
    }
    const answer = findAsOf(set, ownDataKey(parts), args.asOfMonth);
    if ('reason' in answer) {
      return { id, price, group, reason: answer.reason, detail: `${name}: ${answer.detail}` };
    }
    args.own[name] = answer.row.values;
  }
  return null;
}

/** The listing's key, or the name of the field that has no value. */
function keyParts(listing: Listing, declaration: OwnDataDeclaration): string[] | string {
  const parts: string[] = [];
  for (const { field, firstCharacters } of declaration.keys) {
    const value = listing.attributes[field] ?? '';
    if (value === '') return field;
    parts.push(String(value).slice(0, firstCharacters));
  }
  return parts;
}

function setOf(declaration: OwnDataDeclaration, ownData: readonly OwnDataSet[]): OwnDataSet {
  const set = ownData.find((candidate) => candidate.declaration.name === declaration.name);
  if (set === undefined) {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `The own data set "${declaration.name}" was not given.`,
      fix: 'Give a file for it with `--own-data`, or publish one where the strategy looks for it.',
    });
  }
  if (!isDeepStrictEqual(set.declaration, declaration)) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${set.where} was read as "${declaration.name}" by another declaration than the model's.`,
      fix: 'Read the own data by the declaration in the manifest of the model in use.',
    });
  }
  return set;
}
