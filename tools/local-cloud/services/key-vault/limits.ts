import { z } from 'zod';
import { badParameter } from './errors.ts';

const secretName = /^[0-9a-zA-Z-]{1,127}$/;
const maximumValueCharacters = 25_600;
const maximumContentTypeCharacters = 255;
const maximumTags = 15;
const maximumTagCharacters = 256;

/** The data plane's versions, as the service lists them. */
const apiVersions = [
  ...['7.0', '7.1', '7.2', '7.3', '7.4', '7.5', '7.6', '2025-06-01-preview'],
  ...['2025-07-01', '2026-03-01-preview', '2026-04-01'],
];

const attributes = z.object({
  enabled: z.boolean().optional(),
  nbf: z.number().int().nonnegative().nullish(),
  exp: z.number().int().nonnegative().nullish(),
});

const tags = z
  .record(z.string().max(maximumTagCharacters), z.string().max(maximumTagCharacters))
  .refine((each) => Object.keys(each).length <= maximumTags, `at most ${maximumTags} tags`);

const contentType = z.string().max(maximumContentTypeCharacters);

const setSchema = z.object({
  value: z.string().max(maximumValueCharacters),
  contentType: contentType.nullish(),
  attributes: attributes.nullish(),
  tags: tags.nullish(),
});

const updateSchema = setSchema.omit({ value: true });

/** What a secret is set to. */
export type SetSecret = z.infer<typeof setSchema>;

/** What is changed of a version; its value never is. */
export type UpdateSecret = z.infer<typeof updateSchema>;

/** @throws HttpError 400 where the service would not know the version. */
export function checkApiVersion(version: string | null): void {
  if (version === null) throw badParameter('api-version must be specified');
  if (!apiVersions.includes(version)) {
    throw badParameter(
      `The specified version (${version}) is not recognized. Consider using the latest supported ` +
        `version (${apiVersions.at(-1) ?? ''}).`,
    );
  }
}

/** @throws HttpError 400 for a name that no secret can have. */
export function checkSecretName(name: string): void {
  if (!secretName.test(name)) {
    throw badParameter(`The request URI contains an invalid name: ${name}`);
  }
}

/** @throws HttpError 400 naming what is missing, too long or of another type. */
export function readSetSecret(body: unknown): SetSecret {
  return read(setSchema, body);
}

/** @throws HttpError 400 naming what is too long or of another type. */
export function readUpdateSecret(body: unknown): UpdateSecret {
  return read(updateSchema, body ?? {});
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );
  throw badParameter(`The request body is not valid. ${problems.join('; ')}`);
}
