/** One request that reached the order desk, whether anything was bought or not. */
export interface OrderLogEntry {
  /** By the clock, ISO 8601. */
  readonly at: string;
  /** The fault that was played on it; null for none. */
  readonly fault: string | null;
  /** The body as received; null where it was not JSON. */
  readonly request: unknown;
  /** The status and body the order desk gave, even where a fault kept the client from seeing them. */
  readonly status: number;
  readonly answer: unknown;
}
