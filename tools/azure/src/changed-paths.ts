import { isDeepStrictEqual } from 'node:util';
import { isObject } from './is-object.ts';

/** One property that differs, as `properties.tags.owner` or `rules[0].name`. */
export interface DifferingPath {
  readonly path: string;
  readonly kind: 'add' | 'delete' | 'update';
}

/** Where two objects differ. */
export function changedPaths(
  olds: Readonly<Record<string, unknown>>,
  news: Readonly<Record<string, unknown>>,
): string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].flatMap((key) =>
    differingPaths(key, olds[key], news[key]).map(({ path }) => path),
  );
}

/** Where two values differ, down to the item of a list. */
export function differingPaths(path: string, old: unknown, now: unknown): DifferingPath[] {
  if (isDeepStrictEqual(old, now)) return [];
  if (old === undefined) return [{ path, kind: 'add' }];
  if (now === undefined) return [{ path, kind: 'delete' }];
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => differingPaths(`${path}${step(key)}`, old[key], now[key]));
  }
  if (Array.isArray(old) && Array.isArray(now)) {
    const length = Math.max(old.length, now.length);
    return Array.from({ length }, (_, index) => index).flatMap((index) =>
      differingPaths(`${path}[${index}]`, old[index], now[index]),
    );
  }
  return [{ path, kind: 'update' }];
}

function step(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
