/** A value that must not be found anywhere it could be sent or committed from. */
export interface KnownSecret {
  readonly value: string;
  /** Where it stands by right: `config/local.yaml: trading_api_key`. Safe to print. */
  readonly from: string;
}

/** Shorter values would be found everywhere by chance. */
export const shortestSecret = 8;
