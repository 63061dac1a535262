import { z } from 'zod';

/** What is known of a setting besides what it may hold. */
export interface SettingFacts {
  /** What it is for, for people: one phrase. */
  readonly about: string;
  /** How it is written: one text, a list, or names with a text each. */
  readonly kind?: 'text' | 'list' | 'map';
  /** Never to be printed, nor to stand in a file that is committed. */
  readonly secret?: true;
  /** True where people put secrets by mistake (addresses): a wrong value is not repeated. */
  readonly sensitive?: true;
}

const registry = z.registry<SettingFacts>();

/** Makes a schema a setting: every key of the configuration is one. */
export function setting<Schema extends z.ZodType>(schema: Schema, facts: SettingFacts): Schema {
  registry.add(schema, facts);
  return schema;
}

/** The facts a setting was made with. */
export function factsOf(schema: z.ZodType): SettingFacts {
  const facts = registry.get(schema);
  if (!facts) throw new TypeError('A key of the configuration is not made with `setting`.');
  return facts;
}
