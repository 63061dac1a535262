import { MispricedError } from '../../domain/errors.ts';

const mostProblems = 20;
const stillOpen =
  'No further order was sent. What was sent counts as bought until the account shows otherwise; `npx mispriced reconcile` shows what is open.';

/** What the errors of one client have in common. */
export interface ErrorContext {
  /** What was asked, such as `GET /loans/listing`. */
  readonly operation: string;
  /** The secret's name in the configuration, for the way out. */
  readonly accessKeyName: string;
}

/** No answer, or a server that is broken or busy. The same call may succeed later. */
export function venueUnreachable(context: ErrorContext, problem: string): MispricedError {
  return new MispricedError({
    code: 'VENUE_UNREACHABLE',
    message: `LendingClub did not serve ${context.operation}: ${problem}.`,
    fix: 'Nothing was bought by this call. Try again later; check the URL of the market and the network if it lasts.',
    retryable: true,
  });
}

/** Orders were sent and not answered, or by a server that is broken or busy: they may have been taken. */
export function orderUnanswered(context: ErrorContext, problem: string): MispricedError {
  return new MispricedError({
    code: 'VENUE_UNREACHABLE',
    message: `LendingClub did not answer ${context.operation}: ${problem}.`,
    fix: stillOpen,
    retryable: true,
  });
}

/**
 * Orders were answered, and not in words of the venue that say that none was taken: by a redirect, or the
 * page of a firewall.
 */
export function orderUnsettled(context: ErrorContext, detail: string): MispricedError {
  return new MispricedError({
    code: 'VENUE_REFUSED',
    message: `The answer to ${context.operation} does not say in LendingClub's own words that nothing was taken: ${detail}.`,
    fix: `${stillOpen} Check the URL of the market, the account id, and the secret ${context.accessKeyName}.`,
  });
}

/** The venue does not accept who asks (401, 403). */
export function accessKeyRefused(context: ErrorContext, detail: string): MispricedError {
  return new MispricedError({
    code: 'VENUE_REFUSED',
    message: `LendingClub refused the access key for ${context.operation}: ${detail}.`,
    fix: `Set a valid key with \`npx mispriced secrets set ${context.accessKeyName} --stack <stack>\`, and check that the account id belongs to it.`,
  });
}

/** The venue understood and said no for another reason (400, 404, a redirect). */
export function requestRefused(context: ErrorContext, detail: string): MispricedError {
  return new MispricedError({
    code: 'VENUE_REFUSED',
    message: `LendingClub refused ${context.operation}: ${detail}.`,
    fix: 'Check the URL of the market and the account id in the configuration.',
  });
}

/** An answer of 200 that does not say what it should. */
export function answerInvalid(
  operation: string,
  problems: readonly string[],
  fix = 'Nothing was bought on the strength of it.',
): MispricedError {
  return new MispricedError({
    code: 'VENUE_ANSWER_INVALID',
    message: [
      `LendingClub's answer to ${operation} cannot be used:`,
      ...problems.slice(0, mostProblems).map((problem) => `  ${problem}`),
      ...(problems.length > mostProblems ? [`  and ${problems.length - mostProblems} more`] : []),
    ].join('\n'),
    fix: `${fix} If the venue changed its API, its schema in venues/lendingclub must follow.`,
  });
}

/** An answer of 200 to orders that settles none of them. */
export function orderAnswerInvalid(operation: string): MispricedError {
  const problems = ['(top): it says of none of the orders what became of it'];
  return answerInvalid(operation, problems, stillOpen);
}

/** A batch that must not leave the house: a defect of ours, found before anything was sent. */
export function batchInvalid(problems: readonly string[]): MispricedError {
  return new MispricedError({
    code: 'INTERNAL',
    message: ['A batch of orders is not fit to be sent:', ...problems].join('\n  '),
    fix: 'Nothing was sent. Please report this with the lines logged before it.',
  });
}
