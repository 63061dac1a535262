/**
 * A refusal as Azure words it: `{"error":{"code","message"}}` with the HTTP status. Thrown by the
 * services, turned into an answer by the listener.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly status: number;
  readonly code: string;
  readonly innerCode: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(args: {
    status: number;
    code: string;
    message: string;
    /** What some services put under `innererror`, to tell refusals of one code apart. */
    innerCode?: string;
    headers?: Readonly<Record<string, string>>;
  }) {
    super(args.message);
    this.status = args.status;
    this.code = args.code;
    this.innerCode = args.innerCode;
    this.headers = args.headers ?? {};
  }

  body(): { error: { code: string; message: string; innererror?: { code: string } } } {
    return {
      error: {
        code: this.code,
        message: this.message,
        ...(this.innerCode !== undefined && { innererror: { code: this.innerCode } }),
      },
    };
  }
}

/** The answer to what Azure has and this double has not: 501, naming it, never a made-up success. */
export function notSimulated(what: string): CloudError {
  return new CloudError({
    status: 501,
    code: 'NotSimulated',
    message: `The local cloud does not simulate ${what}. SUPPORT.md lists what it does.`,
  });
}
