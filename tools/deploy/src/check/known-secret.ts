/** A value that must not be found anywhere it could be sent or committed from. */
export interface KnownSecret {
  readonly value: string;
  /** Where it stands by right: `config/local.yaml:3 (trading_api_key)`. Safe to print. */
  readonly from: string;
}

/** Shorter values would be found everywhere by chance. */
export const shortestSecret = 8;

/** Names a value's place in a file. */
export function placeOf(args: { file: string; text: string; at: number; name: string }): string {
  return `${args.file}:${args.text.slice(0, args.at).split('\n').length} (${args.name})`;
}
