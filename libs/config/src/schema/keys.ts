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

/** A key of the configuration and what is known of it. */
export interface KnownKey extends SettingFacts {
  /** Dotted: `limits.per_order`. */
  readonly key: string;
  /** Null for a setting that stands by itself. */
  readonly section: string | null;
  readonly name: string;
  readonly schema: z.ZodType;
  readonly kind: 'text' | 'list' | 'map';
  readonly required: boolean;
}

function knownKey(section: string | null, name: string, schema: z.ZodType): KnownKey {
  const facts = registry.get(schema);
  if (!facts) throw new TypeError('A key of the configuration is not made with `setting`.');
  const kind = facts.kind ?? 'text';
  return {
    ...facts,
    key: section === null ? name : `${section}.${name}`,
    section,
    name,
    schema,
    kind,
    required: kind !== 'map' && !schema.safeParse(undefined).success,
  };
}

/** Every key, by its dotted name, and the ways to look one up. */
export interface Keys {
  readonly knownKeys: ReadonlyMap<string, KnownKey>;
  /** Entries of maps (`secrets.vendor_key`, `limits.per_group.36`) belong to the map's key. */
  readonly findKey: (key: string) => { known: KnownKey; entry: string | null } | undefined;
  /** The key somebody most likely meant: the same name in another section, or one spelled alike. */
  readonly nearestKey: (key: string) => string | undefined;
  /** The key that a secret in a vault is for, as `keyVaultSecretName` names it; null for none of ours. */
  readonly keyOfSecretName: (secretName: string) => string | null;
}

type Settings = Readonly<Record<string, z.ZodType>>;
type SettingsInSections = Readonly<Record<string, { readonly shape: Settings }>>;

/** Every key of the sections, dotted as in `limits.per_order`, and of what stands by itself. */
export type KeyIn<Sections extends SettingsInSections, TopLevel extends Settings> =
  | {
      [Name in keyof Sections]: `${Name & string}.${keyof Sections[Name]['shape'] & string}`;
    }[keyof Sections]
  | keyof TopLevel;

/** The schema of a key. */
export type SchemaIn<
  Sections extends SettingsInSections,
  TopLevel extends Settings,
  Key extends KeyIn<Sections, TopLevel>,
> = Key extends keyof TopLevel
  ? TopLevel[Key]
  : Key extends `${infer Section extends keyof Sections & string}.${infer Name}`
    ? Name extends keyof Sections[Section]['shape']
      ? Sections[Section]['shape'][Name]
      : never
    : never;

/** Makes the keys of a schema: those of its sections, and those that stand by themselves. */
export function keysOf(args: {
  sections: SettingsInSections;
  topLevel: Settings;
  nearest: (word: string, known: Iterable<string>) => string | undefined;
}): Keys {
  const { sections, topLevel, nearest } = args;
  const all = [
    ...Object.entries(topLevel).map(([name, schema]) => knownKey(null, name, schema)),
    ...Object.entries(sections).flatMap(([section, { shape }]) =>
      Object.entries(shape).map(([name, schema]) => knownKey(section, name, schema)),
    ),
  ];
  const knownKeys = new Map(all.map((known) => [known.key, known]));
  const findKey: Keys['findKey'] = (key) => {
    const exact = knownKeys.get(key);
    if (exact) return { known: exact, entry: null };
    for (const known of all) {
      const prefix = `${known.key}.`;
      if (known.kind === 'map' && key.startsWith(prefix) && key.length > prefix.length) {
        return { known, entry: key.slice(prefix.length) };
      }
    }
    return undefined;
  };
  const nearestKey: Keys['nearestKey'] = (key) => {
    const name = key.slice(key.lastIndexOf('.') + 1);
    const [elsewhere, ...others] = all.filter((known) => known.name === name);
    if (elsewhere && others.length === 0) return elsewhere.key;
    const section = key.slice(0, Math.max(0, key.lastIndexOf('.')));
    const beside = all.filter((known) => known.section === section);
    const sibling = nearest(
      name,
      beside.map((known) => known.name),
    );
    return sibling ? `${section}.${sibling}` : nearest(key, knownKeys.keys());
  };
  const keyOfSecretName: Keys['keyOfSecretName'] = (secretName) => {
    for (const { key } of all) if (keyVaultSecretName(key) === secretName) return key;
    const key = secretName.replaceAll('--', '.').replaceAll('-', '_');
    return findKey(key) !== undefined && keyVaultSecretName(key) === secretName ? key : null;
  };
  return { knownKeys, findKey, nearestKey, keyOfSecretName };
}

/** `limits.per_order` to `MISPRICED__LIMITS__PER_ORDER`: the environment variable or app setting. */
export function environmentName(key: string): string {
  return `MISPRICED__${key.replaceAll('.', '__').toUpperCase()}`;
}

/** `limits.per_order` to `limits--per-order`: the name of its secret in Key Vault. */
export function keyVaultSecretName(key: string): string {
  return key.replaceAll('.', '--').replaceAll('_', '-');
}

/** Sections that say how to reach the vault, so that they cannot come from it. */
const beforeTheVault = new Set(['key_vault', 'identity']);

/** Whether a key's value may come from Key Vault. */
export function mayComeFromKeyVault(known: KnownKey): boolean {
  return known.section === null || !beforeTheVault.has(known.section);
}
