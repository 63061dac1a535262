import { badRequest } from './errors.ts';

/**
 * The version a request names.
 *
 * @throws HttpError 400 where it names none, or one that the type never had.
 */
export function checkApiVersion(args: {
  version: string | null;
  type: string;
  known: readonly string[];
}): string {
  if (args.version === null || args.version === '') {
    throw badRequest(
      'The api-version query parameter (?api-version=) is required for all requests.',
      'MissingApiVersionParameter',
    );
  }
  if (!args.known.includes(args.version)) {
    const [namespace = '', ...type] = args.type.split('/');
    throw badRequest(
      `No registered resource provider found for API version '${args.version}' and type ` +
        `'${type.join('/')}' of '${namespace}'. The supported api-versions are ` +
        `'${args.known.join(', ')}'.`,
      'NoRegisteredProviderFound',
    );
  }
  return args.version;
}
