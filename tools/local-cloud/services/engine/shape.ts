import { guidPattern } from '@mispriced/core/domain/guid';
import { z } from 'zod';

/** Properties that Azure takes and this double keeps without giving them any effect. */
export function kept<const Names extends readonly string[]>(
  ...names: Names
): Record<Names[number], z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<
    Names[number],
    z.ZodOptional<z.ZodUnknown>
  >;
}

/** Up to 50 tags, with the lengths that the resource manager allows. */
const tags = z
  .record(z.string().max(512), z.string().max(256))
  .refine((each) => Object.keys(each).length <= 50, 'a resource has at most 50 tags')
  .nullish();

/** What any body may repeat of its own path. */
export const path = {
  id: z.string().optional(),
  name: z.string().optional(),
  type: z.string().optional(),
};

/** What a resource with a place and tags may say beside its properties. */
export const placed = { ...path, location: z.string(), tags };

/** A globally unique identifier. */
export const guid = z.string().regex(guidPattern, 'must be a GUID');

/** A choice among words, written in any case, as Azure takes them. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  ...words: Words
): z.ZodType<Words[number]> {
  return z.preprocess(
    (value) =>
      typeof value === 'string'
        ? (words.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value)
        : value,
    z.enum(words),
  );
}
