import { isDeepStrictEqual } from 'node:util';
import { differingPaths, type DifferingPath, isObject } from '@mispriced/azure';
import { pathInputs } from './path.ts';
import type { Json, TypeSpec } from './type-spec.ts';

/** One property that differs, and whether its resource has to become another. */
export interface PropertyChange extends DifferingPath {
  readonly replaces: boolean;
}

/** What changes between the inputs of the last update and those of this one. */
export function changesBetween(spec: TypeSpec, olds: Json, news: Json): PropertyChange[] {
  const replacing = new Set([...pathInputs(spec), ...(spec.replaceOn ?? [])]);
  const changes: PropertyChange[] = [];
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (key.startsWith('__')) continue;
    if (key === 'location' && samePlace(olds[key], news[key])) continue;
    const replaces = replacing.has(key);
    changes.push(...differingPaths(key, olds[key], news[key]).map((one) => ({ ...one, replaces })));
  }
  return changes;
}

/**
 * The inputs that would lead to what is really there: the last inputs, with whatever changed in the
 * outputs since. What Azure adds to each answer by itself is in both outputs and makes no change.
 */
export function inputsAfter(args: { inputs: Json; oldOutputs: Json; newOutputs: Json }): Json {
  const after: Json = {};
  for (const [key, input] of Object.entries(args.inputs)) {
    const value = merge(input, args.oldOutputs[key], args.newOutputs[key]);
    if (value !== undefined) after[key] = value;
  }
  return after;
}

function merge(input: unknown, old: unknown, now: unknown): unknown {
  if (isDeepStrictEqual(old, now)) return input;
  if (isObject(input) && isObject(old) && isObject(now)) {
    const merged: Json = {};
    for (const key of new Set([...Object.keys(input), ...Object.keys(now)])) {
      const value =
        key in input || !(key in old) ? merge(input[key], old[key], now[key]) : undefined;
      if (value !== undefined) merged[key] = value;
    }
    return merged;
  }
  if (Array.isArray(input) && Array.isArray(old) && Array.isArray(now)) {
    return now.map((item: unknown, index) =>
      index < input.length && index < old.length ? merge(input[index], old[index], item) : item,
    );
  }
  return now;
}

function samePlace(old: unknown, now: unknown): boolean {
  if (typeof old !== 'string' || typeof now !== 'string') return false;
  const short = (place: string) => place.toLowerCase().replaceAll(' ', '');
  return short(old) === short(now);
}
