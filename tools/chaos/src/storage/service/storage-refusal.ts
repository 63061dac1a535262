/**
 * Azure's error codes with their statuses and words, as far as the model answers them.
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes and
 * .../common-rest-api-error-codes; those of leases also in Azurite's `StorageErrorFactory`.
 */
const refusals = {
  AppendPositionConditionNotMet: [412, 'The append position condition specified was not met.'],
  BlobAlreadyExists: [409, 'The specified blob already exists.'],
  BlobImmutableDueToPolicy: [
    409,
    'This operation is not permitted as the blob is immutable due to a policy.',
  ],
  BlobNotFound: [404, 'The specified blob does not exist.'],
  BlockCountExceedsLimit: [
    409,
    'The committed block count cannot exceed the maximum limit of 50,000 blocks.',
  ],
  ConditionNotMet: [412, 'The condition specified using HTTP conditional header(s) is not met.'],
  ContainerAlreadyExists: [409, 'The specified container already exists.'],
  ContainerNotFound: [404, 'The specified container does not exist.'],
  InternalError: [500, 'The server encountered an internal error. Please retry the request.'],
  InvalidBlobType: [409, 'The blob type is invalid for this operation.'],
  InvalidHeaderValue: [400, 'The value for one of the HTTP headers is not in the correct format.'],
  InvalidRange: [416, 'The range specified is invalid for the current size of the resource.'],
  InvalidResourceName: [400, 'The specified resource name contains invalid characters.'],
  LeaseAlreadyPresent: [409, 'There is already a lease present.'],
  LeaseIdMismatchWithBlobOperation: [
    412,
    'The lease ID specified did not match the lease ID for the blob.',
  ],
  LeaseIdMismatchWithLeaseOperation: [
    409,
    'The lease ID specified did not match the lease ID for the blob.',
  ],
  LeaseIdMissing: [
    412,
    'There is currently a lease on the blob and no lease ID was specified in the request.',
  ],
  LeaseIsBreakingAndCannotBeAcquired: [
    409,
    'The lease ID matched, but the lease is currently in breaking state and cannot be acquired until it is broken.',
  ],
  LeaseIsBrokenAndCannotBeRenewed: [
    409,
    'The lease ID matched, but the lease has been broken explicitly and cannot be renewed.',
  ],
  LeaseNotPresentWithBlobOperation: [
    412,
    'A lease ID was specified, but the lease for the blob has expired.',
  ],
  LeaseNotPresentWithLeaseOperation: [409, 'There is currently no lease on the blob.'],
  MaxBlobSizeConditionNotMet: [412, 'The max blob size condition specified was not met.'],
  MissingRequiredHeader: [
    400,
    'An HTTP header that is mandatory for this request is not specified.',
  ],
  NotSimulated: [501, 'The model of storage does not serve this.'],
  OperationTimedOut: [500, 'Operation could not be completed within the specified time.'],
  OutOfRangeInput: [400, 'One of the request inputs is out of range.'],
  RequestBodyTooLarge: [
    413,
    'The request body is too large and exceeds the maximum permissible limit.',
  ],
  ServerBusy: [503, 'The server is busy.'],
  SystemInUse: [409, 'This blob is in use by the system.'],
  TooManyRequests: [429, 'Too many requests. Please retry later.'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export type RefusalCode = keyof typeof refusals;

/** A request that storage does not do, as Azure words it. */
export class StorageRefusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  /** What Azure adds to the answer's body, by element; for 501 what was asked. */
  readonly details: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, details: Readonly<Record<string, string>> = {}) {
    super([refusals[code][1], details['Asked']].filter((part) => part !== undefined).join(' '));
    this.code = code;
    this.status = refusals[code][0];
    this.details = details;
  }
}
