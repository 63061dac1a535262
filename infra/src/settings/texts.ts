import { dateText, fromText, guidText, momentText } from '@mispriced/config/schema/text-values';
import type { z } from 'zod';

/** The object id of a group or a service principal in Entra, in small letters. */
export function objectIdText() {
  return guidText('the object id that Entra shows').transform((id) => id.toLowerCase());
}

/** A moment in UTC, as yyyy-mm-ddThh:mm:ssZ. */
export function utcMomentText() {
  return momentText().transform((moment) => moment.replace('.000Z', 'Z'));
}

/** When something ends: with a day, or at a moment of it. */
export function dayOrMomentText() {
  return fromText(
    'a day as yyyy-mm-dd, or a moment in UTC such as 2026-01-05T15:25:03Z',
    (text) => (text.includes('T') ? utcMomentText() : dateText()).safeParse(text).data,
  );
}

/** Words separated by commas, each of which another schema reads; none twice. */
export function listText(each: z.ZodType<string, string>) {
  const expected = each.safeParse('').error?.issues[0]?.message ?? 'a word';
  return fromText(`a list with commas in which each, and none twice, is ${expected}`, (text) => {
    const words = text.split(',').map((word) => each.safeParse(word).data);
    const isSound = words.every((word) => word !== undefined);
    return isSound && new Set(words).size === words.length ? words : undefined;
  });
}
