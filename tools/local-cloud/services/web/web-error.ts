import { HttpError } from '@mispriced/loopback-server';

const flexRuleBroken = '51021';

/** A refusal of App Service, with the body of its own that it has beside the usual one. */
export function webError(args: {
  status: number;
  code: string;
  message: string;
  extendedCode?: string;
}): HttpError {
  const { code, message, extendedCode } = args;
  return new HttpError({
    ...args,
    beside: {
      Code: code,
      Message: message,
      Details: [
        { Message: message },
        { Code: code },
        { ErrorEntity: { ExtendedCode: extendedCode, Code: code, Message: message } },
      ],
    },
  });
}

/** What Flex Consumption does not take, all named at once, as Azure names it. */
export function refusedOnFlex(
  kind: 'site configuration property' | 'app setting',
  names: readonly string[],
): HttpError {
  const plural = kind === 'app setting' ? 'app settings' : 'site configuration properties';
  const [subject, them] =
    names.length === 1
      ? [`The following ${kind} (${names[0] ?? ''})`, 'it']
      : [`The following list of ${names.length} ${plural} (${names.join(', ')})`, 'them'];
  return webError({
    status: 400,
    code: 'BadRequest',
    extendedCode: flexRuleBroken,
    message: `${subject} for Flex Consumption sites is invalid.  Please remove or rename ${them} before retrying.`,
  });
}
