/**
 * What can go wrong with one try of a request. In none of the answered ones does a client learn more
 * than Azure would tell it, and from a network error it cannot learn whether the request arrived.
 */
export type StorageFault =
  /** 503 `ServerBusy`: nothing was done. The SDK asks again. */
  | { readonly kind: 'busy' }
  /** 500 `InternalError`: nothing was done. The SDK asks again. */
  | { readonly kind: 'internal-error' }
  /** 500 `OperationTimedOut`, which Azure answers whether or not it was done. The SDK asks again. */
  | { readonly kind: 'timed-out'; readonly tookEffect: boolean }
  /**
   * 429 `TooManyRequests`: nothing was done. Blob storage itself says 503; what stands before it may
   * say this. The SDK does not ask again.
   */
  | { readonly kind: 'throttled' }
  /** 409 `SystemInUse`: nothing was done, and nobody else did anything. The SDK does not ask again. */
  | { readonly kind: 'conflict' }
  /** All is well, but late: on the way there, or on the way back. */
  | { readonly kind: 'slow'; readonly thereMilliseconds: number; readonly backMilliseconds: number }
  /** A network error, and the request never reached the service. The SDK asks again. */
  | { readonly kind: 'never-arrives' }
  /** A network error after the service did what it was asked. The SDK asks again. */
  | { readonly kind: 'answer-lost' }
  /** A network error at once, and the request reaches the service later. The SDK asks again. */
  | { readonly kind: 'arrives-late'; readonly milliseconds: number }
  /**
   * The connection ends in the middle of what is downloaded. The SDK would ask for the rest, but takes
   * this for an abort of its caller's and gives up (seen with a real socket, Node 24). An answer of
   * less than two bytes, or one that is no download, arrives whole.
   */
  | { readonly kind: 'answer-cut' };

export type FaultKind = StorageFault['kind'];

/** Every kind, so that a harness can count that each was drawn. */
export const faultKinds = [
  'busy',
  'internal-error',
  'timed-out',
  'throttled',
  'conflict',
  'slow',
  'never-arrives',
  'answer-lost',
  'arrives-late',
  'answer-cut',
] as const satisfies readonly FaultKind[];
