/** What was asked when it went wrong. */
export interface ArmQuestion {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** What the resource manager said no with, in the form in which azure-native passes it on. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  /** Null where no answer came. */
  readonly status: number | null;
  /** Azure's own word for it. */
  readonly code: string;
  readonly question: ArmQuestion;
  /** What Azure says of it. */
  readonly said: string;

  constructor(args: {
    status: number | null;
    text: string;
    question: ArmQuestion;
    cause?: unknown;
  }) {
    const { status, text, question, cause } = args;
    const error = errorIn(text);
    const code = error.code ?? 'Unknown';
    const said = error.message ?? (text.slice(0, 300) || 'no message');
    const message =
      status === null
        ? `${question.method} ${question.path} got no answer: ${said}`
        : `Status=${status} Code="${code}" Message="${said}"`;
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.question = question;
    this.said = said;
  }

  /** Whether the sign-in is not enough for what was asked. */
  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

function errorIn(text: string): { code?: string; message?: string } {
  try {
    const body = JSON.parse(text) as { error?: { code?: string; message?: string } } | null;
    return body?.error ?? {};
  } catch {
    return {};
  }
}
