/**
 * A refusal as Azure words it: `{"error":{"code","message"}}` with the HTTP status. Thrown by the
 * services, turned into an answer by the listener.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;
  readonly innerCode: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** What a service puts into the body beside `error`. */
  readonly beside: Readonly<Record<string, unknown>>;

  constructor(args: {
    status: number;
    code: string;
    message: string;
    /** What some services put under `innererror`, to tell refusals of one code apart. */
    innerCode?: string;
    headers?: Readonly<Record<string, string>>;
    beside?: Readonly<Record<string, unknown>>;
  }) {
    super(args.message);
    this.status = args.status;
    this.code = args.code;
    this.innerCode = args.innerCode;
    this.headers = args.headers ?? {};
    this.beside = args.beside ?? {};
  }

  body(): Record<string, unknown> {
    return {
      ...this.beside,
      error: {
        code: this.code,
        message: this.message,
        ...(this.innerCode !== undefined && { innererror: { code: this.innerCode } }),
      },
    };
  }
}
