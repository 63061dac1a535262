import type { Secret } from '../secret.ts';
import type { VaultFailure } from './vault-failure.ts';

/** What came of asking for one secret. */
export type SecretReading =
  | { readonly status: 'found'; readonly secret: Secret; readonly expiresOn: Date | null }
  | { readonly status: 'absent' }
  | ({ readonly status: 'failed' } & VaultFailure);

/** A place that secrets are read from by name; the Key Vault of the configuration, or a test's. */
export interface SecretSource {
  /** In words, such as `the vault mispriced-prod`. */
  readonly description: string;
  /** Reads the named secrets, all at once. Never throws for what a vault may answer. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, SecretReading>>;
}

interface Kept {
  readonly reading: Promise<SecretReading>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * Keeps secrets for a while, so that a host that runs often does not ask its vault each time. Only
 * values found are kept: a secret just set, or a permission just given, counts at once. Two readers at
 * the same moment share one request.
 *
 * @param args.seconds How long a value is used. Zero keeps none.
 */
export function cacheSecrets(
  source: SecretSource,
  args: { seconds: number; now: () => Date },
): SecretSource {
  const kept = new Map<string, Kept>();
  const fresh = (name: string): boolean =>
    (kept.get(name)?.until ?? Number.NEGATIVE_INFINITY) > args.now().getTime();
  return {
    description: source.description,
    read: async (names) => {
      const missing = names.filter((name) => !fresh(name));
      if (missing.length > 0) {
        const asked = source.read(missing);
        const until = args.now().getTime() + args.seconds * 1000;
        for (const name of missing) {
          const reading = asked.then(
            (readings) => readings.get(name) ?? ({ status: 'absent' } as const),
          );
          kept.set(name, { reading, until });
          forgetUnlessFound(kept, name, reading);
        }
      }
      const entries = names.map((name): [string, Promise<SecretReading> | undefined] => [
        name,
        kept.get(name)?.reading,
      ]);
      const readings = new Map<string, SecretReading>();
      for (const [name, reading] of entries) {
        readings.set(name, (await reading) ?? { status: 'absent' });
      }
      return readings;
    },
  };
}

function forgetUnlessFound(
  kept: Map<string, Kept>,
  name: string,
  reading: Promise<SecretReading>,
): void {
  const forget = (): void => {
    if (kept.get(name)?.reading === reading) kept.delete(name);
  };
  reading.then((answer) => {
    if (answer.status !== 'found') forget();
  }, forget);
}
