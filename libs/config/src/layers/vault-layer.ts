import { invalid, type ConfigProblem, type Source } from '../problem.ts';
import type { SecretReading, SecretSource } from '../key-vault/secret-source.ts';
import { findKey } from '../schema/config-schema.ts';
import { keyVaultSecretName } from '../schema/keys.ts';
import type { Secret } from '../secret.ts';
import { RawLayerBuilder, type RawLayer } from './raw-layer.ts';
import { writtenExample, writtenValue } from './yaml-text.ts';

/** A secret that expires within this time is worth a word. */
const soonMilliseconds = 14 * 86_400_000;

/** The vault's layer, with what else its reading showed. */
export interface VaultLayer extends RawLayer {
  /** Keys whose value is not known since the vault did not give it, with their place in the vault. */
  readonly unread: ReadonlyMap<string, Source>;
  readonly notices: readonly string[];
}

function placeOf(secretName: string, vault: string): Source {
  return { layer: 'key-vault', where: `secret ${secretName} in ${vault}` };
}

/** The layer of a vault that was not asked: these keys are its to give. */
export function unreadVaultLayer(keys: readonly string[], vault: string): VaultLayer {
  const unread = new Map(
    keys.map((key): [string, Source] => [key, placeOf(keyVaultSecretName(key), vault)]),
  );
  return { entries: new Map(), problems: [], unread, notices: [] };
}

/** A failure that is the vault's, not the one secret's: said once for all secrets. */
const ofTheWholeVault = new Set([
  'sign-in-refused',
  'permission-missing',
  'network-refused',
  'unreachable',
]);

/** Asks the vault for the secrets of these keys, all at once. */
export async function readVaultLayer(args: {
  source: SecretSource;
  keys: readonly string[];
  now: Date;
}): Promise<VaultLayer> {
  const { source, keys, now } = args;
  const names = new Map(keys.map((key): [string, string] => [key, keyVaultSecretName(key)]));
  const readings = await source.read([...new Set(names.values())]);
  const builder = new RawLayerBuilder();
  const unread = new Map<string, Source>();
  const notices: string[] = [];
  const said = new Set<string>();
  for (const [key, name] of names) {
    const reading: SecretReading = readings.get(name) ?? { status: 'absent' };
    const at = placeOf(name, source.description);
    if (reading.status === 'found') {
      keep(builder, { key, secret: reading.secret, at });
      const { expiresOn } = reading;
      if (expiresOn && expiresOn.getTime() - now.getTime() < soonMilliseconds) {
        const day = expiresOn.toISOString().slice(0, 10);
        notices.push(`The ${at.where} expires on ${day}; write a new version before.`);
      }
    } else if (reading.status === 'failed') {
      unread.set(key, at);
      const once = ofTheWholeVault.has(reading.reason) ? reading.reason : name;
      if (!said.has(once)) builder.problem(failure(key, at, reading));
      said.add(once);
    }
  }
  return { ...builder.build(), unread, notices };
}

function failure(
  key: string,
  source: Source,
  reading: SecretReading & { status: 'failed' },
): ConfigProblem {
  const { message, fix, retryable } = reading;
  return { code: 'CREDENTIAL_REFUSED', key, source, message, fix, retryable };
}

function keep(
  builder: RawLayerBuilder,
  { key, secret, at }: { key: string; secret: Secret; at: Source },
): void {
  const found = findKey(key);
  if (!found) return;
  const { known, entry } = found;
  // A list or a map is written as JSON in its secret; every other value is the text itself.
  const value = known.secret || entry !== null ? secret : writtenValue(known, secret.reveal());
  const plain = value === secret && !known.secret ? secret.reveal() : value;
  if (plain === undefined) {
    builder.problem(
      invalid({
        key,
        source: at,
        message: `It must be written as JSON, such as ${writtenExample(known)}.`,
        fix: 'Write a new version of the secret.',
      }),
    );
  } else if (entry === null) {
    builder.set(known, { value: plain, source: at });
  } else {
    builder.setEntry(known, entry, { value: plain, source: at });
  }
}
