/** How long a rotation waits for what takes its time. Tests wait less. */
export interface Timeouts {
  /** For an app to have fetched a key, to be well and to have written. */
  readonly appSeconds: number;
  /** For an app to be well with a secret that it was seen to have. */
  readonly wellSeconds: number;
  /** For storage to refuse a key that was regenerated, or to take a new one. */
  readonly keySeconds: number;
  /** For another rotation to end, or for the lease of a killed one to lapse. */
  readonly lockSeconds: number;
  /** For a run that trades to end, or a slot to pass, before an app is restarted. */
  readonly quietSeconds: number;
  readonly pollMilliseconds: number;
}

/** As much as Azure may need. */
export const defaultTimeouts: Timeouts = {
  appSeconds: 420,
  wellSeconds: 20,
  keySeconds: 180,
  lockSeconds: 45,
  quietSeconds: 1_800,
  pollMilliseconds: 2_000,
};
