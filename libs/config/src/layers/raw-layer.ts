import { invalid, type ConfigProblem, type Source } from '../problem.ts';
import { environmentName, type KnownKey } from '../schema/keys.ts';
import { Secret, type RawMap, type RawValue } from '../secret.ts';

/** A value and where it stands. */
export interface RawEntry {
  /** Null takes back what a lower layer says. */
  readonly value: RawValue;
  readonly source: Source;
  /** Lines inside a list, by path (`0.url`), for files. */
  readonly lines?: ReadonlyMap<string, number>;
}

/** One layer: its values by dotted key (maps by entry), and what is wrong with it already. */
export interface RawLayer {
  readonly entries: ReadonlyMap<string, RawEntry>;
  readonly problems: readonly ConfigProblem[];
}

/** A key's value once all layers are laid over one another. */
export interface MergedEntry extends RawEntry {
  /** The layers that had a say and were overruled, nearest first. */
  readonly overruled: readonly Source[];
}

/** Lays layers over one another, later over earlier; maps entry by entry, lists as a whole. */
export function mergeLayers(layers: readonly RawLayer[]): ReadonlyMap<string, MergedEntry> {
  const merged = new Map<string, MergedEntry>();
  for (const layer of layers) {
    for (const [key, entry] of layer.entries) {
      const below = merged.get(key);
      const overruled = below ? [below.source, ...below.overruled] : [];
      merged.set(key, { ...entry, overruled });
    }
  }
  return merged;
}

function isMap(value: RawValue): value is RawMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Secret) &&
    !Array.isArray(value)
  );
}

const shapes = { text: 'one value', list: 'a list', map: 'names with a value each' } as const;

/**
 * Collects the values of a layer. Here, before anything else can see it, a secret's text becomes a
 * `Secret`, and a value of the wrong shape or a secret in a file that is committed is refused.
 */
export class RawLayerBuilder {
  readonly #entries = new Map<string, RawEntry>();
  readonly #problems: ConfigProblem[] = [];

  problem(problem: ConfigProblem): void {
    this.#problems.push(problem);
  }

  /** Takes the value of a whole key, as its layer has it. */
  set(known: KnownKey, entry: RawEntry): void {
    const { value, source } = entry;
    if (known.kind === 'map' && isMap(value)) {
      for (const [name, each] of Object.entries(value)) {
        const line = entry.lines?.get(name) ?? source.line;
        const at = line === undefined ? source : { ...source, line };
        this.#setText(known, `${known.key}.${name}`, { value: each, source: at });
      }
    } else if (known.kind === 'list' && (Array.isArray(value) || value === null)) {
      this.#entries.set(known.key, entry);
    } else if (known.kind === 'text') {
      this.#setText(known, known.key, entry);
    } else if (value !== null) {
      this.#wrongShape(known, known.key, source);
    }
  }

  /** Takes one entry of a map. */
  setEntry(known: KnownKey, name: string, entry: RawEntry): void {
    this.#setText(known, `${known.key}.${name}`, entry);
  }

  build(): RawLayer {
    return { entries: this.#entries, problems: this.#problems };
  }

  #setText(known: KnownKey, key: string, entry: RawEntry): void {
    const { value, source } = entry;
    if (value !== null && typeof value !== 'string' && !(value instanceof Secret)) {
      this.#wrongShape(known, key, source);
    } else if (!known.secret || value === null) {
      this.#entries.set(key, entry);
    } else if (source.layer === 'defaults' || source.layer === 'stage') {
      this.#problems.push(secretInCommittedFile(key, source));
    } else {
      const secret = value instanceof Secret ? value : new Secret(value);
      this.#entries.set(key, { value: secret, source });
    }
  }

  #wrongShape(known: KnownKey, key: string, source: Source): void {
    const shape = key === known.key ? shapes[known.kind] : 'one value';
    this.#problems.push(
      invalid({
        key,
        source,
        message: `It must be ${shape}: ${known.about}.`,
        fix: 'See docs/configuration.md for how it is written.',
      }),
    );
  }
}

function secretInCommittedFile(key: string, source: Source): ConfigProblem {
  return invalid({
    key,
    source,
    message: 'A secret must not stand in a file that is committed; it was not used.',
    fix:
      `Take it out there, replace it at its issuer since it may have been seen, and give it with ` +
      `\`npx mispriced secrets set\`, in config/local.yaml or as ${environmentName(key)}.`,
  });
}
