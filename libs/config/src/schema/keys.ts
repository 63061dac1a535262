import type { z } from 'zod';
import { nearest } from '../nearest.ts';
import { sections, topLevelSettings } from './config-schema.ts';
import { factsOf, type SettingFacts } from './setting.ts';

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
  const facts = factsOf(schema);
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

function listKeys(): KnownKey[] {
  const inSections = Object.entries(sections).flatMap(([section, { shape }]) =>
    Object.entries<z.ZodType>(shape).map(([name, schema]) => knownKey(section, name, schema)),
  );
  const topLevel = Object.entries<z.ZodType>(topLevelSettings).map(([name, schema]) =>
    knownKey(null, name, schema),
  );
  return [...topLevel, ...inSections];
}

/** Every key, by its dotted name. */
export const knownKeys: ReadonlyMap<string, KnownKey> = new Map(
  listKeys().map((known) => [known.key, known]),
);

export const sectionNames: readonly string[] = Object.keys(sections);

/** Entries of maps (`secrets.vendor_key`, `limits.per_group.36`) belong to the map's key. */
export function findKey(key: string): { known: KnownKey; entry: string | null } | undefined {
  const exact = knownKeys.get(key);
  if (exact) return { known: exact, entry: null };
  for (const known of knownKeys.values()) {
    const prefix = `${known.key}.`;
    if (known.kind === 'map' && key.startsWith(prefix) && key.length > prefix.length) {
      return { known, entry: key.slice(prefix.length) };
    }
  }
  return undefined;
}

/** The key somebody most likely meant: the same name in another section, or one spelled alike. */
export function nearestKey(key: string): string | undefined {
  const name = key.slice(key.lastIndexOf('.') + 1);
  const elsewhere = [...knownKeys.values()].filter((known) => known.name === name);
  if (elsewhere.length === 1) return elsewhere[0]?.key;
  const section = key.slice(0, Math.max(0, key.lastIndexOf('.')));
  const beside = [...knownKeys.values()].filter((known) => known.section === section);
  const sibling = nearest(
    name,
    beside.map((known) => known.name),
  );
  return sibling ? `${section}.${sibling}` : nearest(key, knownKeys.keys());
}

/** `limits.per_order` to `MISPRICED__LIMITS__PER_ORDER`: the environment variable or app setting. */
export function environmentName(key: string): string {
  return `MISPRICED__${key.replaceAll('.', '__').toUpperCase()}`;
}

/** `limits.per_order` to `limits--per-order`: the name of its secret in Key Vault. */
export function keyVaultSecretName(key: string): string {
  return key.replaceAll('.', '--').replaceAll('_', '-');
}

/** The key that a secret in a vault is for, as `keyVaultSecretName` names it; null for none of ours. */
export function keyOfSecretName(secretName: string): string | null {
  for (const key of knownKeys.keys()) if (keyVaultSecretName(key) === secretName) return key;
  const key = secretName.replaceAll('--', '.').replaceAll('-', '_');
  return findKey(key) !== undefined && keyVaultSecretName(key) === secretName ? key : null;
}

/** Sections that say how to reach the vault, so that they cannot come from it. */
const beforeTheVault = new Set(['key_vault', 'identity']);

/** Whether a key's value may come from Key Vault. */
export function mayComeFromKeyVault(known: KnownKey): boolean {
  return known.section === null || !beforeTheVault.has(known.section);
}
