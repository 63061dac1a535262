/** The layers of configuration; later ones win. */
export type LayerName =
  'defaults' | 'stage' | 'local' | 'environment' | 'key-vault' | 'file' | 'command-line';

/** Where a value came from, or where a mistake stands. */
export interface Source {
  readonly layer: LayerName;
  /** The file, environment variable, secret or option, in words a person can look up. */
  readonly where: string;
  /** The line, for files. */
  readonly line?: number;
}

/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** `CREDENTIAL_REFUSED` where a vault or a sign-in said no, else `CONFIG_INVALID`. */
  readonly code: 'CONFIG_INVALID' | 'CREDENTIAL_REFUSED';
  /** The key in dotted snake case; null where a whole file cannot be read. */
  readonly key: string | null;
  /** Null where the trouble is that no layer has the key. */
  readonly source: Source | null;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly fix: string;
  /** True when it may pass without anybody changing anything (a vault that did not answer). */
  readonly retryable: boolean;
}

/** A mistake in the configuration itself: never mended by trying again. */
export function invalid(problem: {
  key: string | null;
  source: Source | null;
  message: string;
  fix: string;
}): ConfigProblem {
  return { code: 'CONFIG_INVALID', ...problem, retryable: false };
}

/** `config/prod.yaml line 12`, `MISPRICED__RUN__MODE`, `--threshold`. */
export function describeSource(source: Source): string {
  return source.line === undefined ? source.where : `${source.where} line ${source.line}`;
}
