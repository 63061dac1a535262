/** A name under which the account gathers notes. */
export interface Portfolio {
  readonly portfolioId: number;
  readonly portfolioName: string;
  readonly portfolioDescription: string | null;
}
