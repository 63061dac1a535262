import { z } from 'zod';

/**
 * Edit distance between two words (insertions, deletions, substitutions and swaps of neighbours:
 * the optimal string alignment distance).
 */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

/**
 * The known word that somebody who wrote this one most likely meant; none where all are far off.
 * Case does not count.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase().slice(0, 100);
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const far = distance(wanted, candidate.toLowerCase());
    if (far <= Math.max(1, Math.floor(candidate.length * 0.35)) && far < (best?.distance ?? 99)) {
      best = { word: candidate, distance: far };
    }
  }
  return best?.word;
}

/** One of a closed list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const last = words.length > 1 ? ` or ${words.at(-1) ?? ''}` : '';
  const expected = `${words.slice(0, Math.max(1, words.length - 1)).join(', ')}${last}`;
  return z.string({ error: expected }).transform((text, context): Words[number] => {
    const found = words.find((word) => word === text.trim());
    if (found !== undefined) return found;
    const meant = nearest(text, words);
    const message = meant ? `${expected}; did you mean ${meant}?` : expected;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** The name of a time zone, in the spelling of the time-zone database. */
export function timeZoneText() {
  const expected = 'the name of a time zone in the IANA database, such as Europe/London';
  return z.string({ error: expected }).transform((text, context): string => {
    const name = text.trim();
    let message = expected;
    if (/^[A-Za-z]/.test(name)) {
      try {
        return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
      } catch {
        const meant = nearest(name, Intl.supportedValuesOf('timeZone'));
        if (meant) message = `${expected}; did you mean ${meant}?`;
      }
    }
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}
