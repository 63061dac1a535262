import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const schema = z.object({ config: z.record(z.string(), z.unknown()).nullish() });
const prefix = 'mispriced:';

/** The settings in a stack's committed file; none where there is no such file. */
export async function readStackSettings(
  infraFolder: string,
  stackName: string,
): Promise<Record<string, string>> {
  const file = join(infraFolder, `Pulumi.${stackName}.yaml`);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return {};
  const { config } = schema.parse(parse(text) ?? {});
  return Object.fromEntries(
    Object.entries(config ?? {}).flatMap(([key, value]) =>
      key.startsWith(prefix) && typeof value === 'string'
        ? [[key.slice(prefix.length), value]]
        : [],
    ),
  );
}
