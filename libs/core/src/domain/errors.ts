/** Whose problem an error is: the user can mend it, the venue or cloud must, or we must. */
export type ErrorOwner = 'user' | 'venue' | 'platform' | 'ours';

/** Every error the strategy can end with, and whose it is. Closed: a new failure gets a new code. */
export const errorOwners = {
  ACCOUNT_SHORT: 'user',
  BOOTSTRAP_FAILED: 'user',
  CONFIG_INVALID: 'user',
  CREDENTIAL_REFUSED: 'user',
  DATA_INVALID: 'user',
  DATA_MISSING: 'user',
  DATA_STALE: 'user',
  ENVIRONMENT_FAILED: 'platform',
  ENVIRONMENT_REFUSED: 'user',
  DEPLOYMENT_BUSY: 'user',
  DEPLOYMENT_FAILED: 'platform',
  DEPLOYMENT_UNHEALTHY: 'user',
  ENVIRONMENT_MISSING: 'user',
  FEATURES_INVALID: 'user',
  GITHUB_REFUSED: 'user',
  GITHUB_UNAVAILABLE: 'platform',
  INTERNAL: 'ours',
  KEYS_BROKEN: 'user',
  LEDGER_CORRUPT: 'platform',
  LEDGER_OUTDATED: 'user',
  LIMIT_REACHED: 'user',
  LISTING_EMPTY: 'venue',
  LISTING_IMPLAUSIBLE: 'venue',
  LIVE_REFUSED: 'user',
  MODEL_CONTRACT: 'user',
  MODEL_CORRUPT: 'user',
  MODEL_MISSING: 'user',
  MODEL_PARITY: 'user',
  ORDER_UNKNOWN: 'venue',
  PACKAGE_REFUSED: 'user',
  POLICY_REFUSED: 'user',
  PREVIEW_FAILED: 'user',
  PYTHON_UNAVAILABLE: 'user',
  ROTATION_BUSY: 'user',
  ROTATION_REFUSED: 'user',
  ROTATION_UNDONE: 'platform',
  ROTATION_UNFINISHED: 'platform',
  RUN_EARLY: 'platform',
  RUN_INTERRUPTED: 'platform',
  RUN_LEASE_LOST: 'platform',
  RUN_LATE: 'platform',
  RUN_TIMED_OUT: 'venue',
  STORE_CONFLICT: 'platform',
  STORE_UNAVAILABLE: 'platform',
  TOOL_MISSING: 'user',
  VENUE_ANSWER_INVALID: 'venue',
  VENUE_CLOSED: 'venue',
  VENUE_LATE: 'venue',
  VENUE_OVERFILLED: 'venue',
  VENUE_REFUSED: 'user',
  VENUE_UNREACHABLE: 'venue',
} as const satisfies Record<string, ErrorOwner>;

/** One of the closed list of error codes. */
export type ErrorCode = keyof typeof errorOwners;

/**
 * An error meant for a person: what is wrong and where (`message`), and what to do (`fix`).
 * Everything the strategy throws on purpose is one of these; anything else is a defect of ours.
 */
export class MispricedError extends Error {
  override readonly name = 'MispricedError';
  readonly code: ErrorCode;
  readonly fix: string;
  /** True when the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;

  constructor(args: {
    code: ErrorCode;
    message: string;
    fix: string;
    retryable?: boolean;
    cause?: unknown;
  }) {
    super(args.message, args.cause === undefined ? undefined : { cause: args.cause });
    this.code = args.code;
    this.fix = args.fix;
    this.retryable = args.retryable ?? false;
  }

  get owner(): ErrorOwner {
    return errorOwners[this.code];
  }

  /** Never the stack and never the cause: either may hold what must not be printed. */
  toJSON(): { code: ErrorCode; message: string; fix: string } {
    return { code: this.code, message: this.message, fix: this.fix };
  }
}

/**
 * What was thrown, as an error for a person: one of ours, one of another library of this project
 * (which has the same code and fix), or an unforeseen one, named as a defect of ours.
 */
export function asMispricedError(thrown: unknown): MispricedError {
  if (thrown instanceof MispricedError) return thrown;
  if (thrown instanceof Error && 'code' in thrown && 'fix' in thrown) {
    const { code, fix, message } = thrown;
    if (isErrorCode(code) && typeof fix === 'string') {
      const retryable = 'retryable' in thrown && thrown.retryable === true;
      return new MispricedError({ code, message, fix, retryable, cause: thrown });
    }
  }
  return new MispricedError({
    code: 'INTERNAL',
    message: `Unexpected failure: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    fix: 'Nothing more was bought. Please report this with the lines logged before it.',
    cause: thrown,
  });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorOwners, code);
}
