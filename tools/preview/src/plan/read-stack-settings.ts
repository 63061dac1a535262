import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.object({ config: z.record(z.string(), z.unknown()).nullish() });
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const prefix = 'mispriced:';

/** The settings in a stack's committed file, as Pulumi reads them; none where there is no such file. */
export async function readStackSettings(
  infraFolder: string,
  stackName: string,
): Promise<Record<string, string>> {
  const file = join(infraFolder, `Pulumi.${stackName}.yaml`);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return {};
  const { config } = schema.parse(parse(text) ?? {});
  return Object.fromEntries(
    Object.entries(config ?? {}).flatMap(([key, value]) => {
      const { success, data } = scalar.safeParse(value);
      return key.startsWith(prefix) && success ? [[key.slice(prefix.length), String(data)]] : [];
    }),
  );
}
