import { MispricedError } from '../../domain/errors.ts';
import { isLoopbackHost } from '../../domain/loopback.ts';

const apiPath = '/api/investor/v1';

/**
 * The API's address from a market's: the path is added where the market is named by its host alone.
 * Plain HTTP is for a market on this machine only, for the access key travels with each request.
 *
 * @throws MispricedError `CONFIG_INVALID`.
 */
export function lendingClubApiUrl(baseUrl: string): string {
  const url = URL.parse(baseUrl);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
  if (url === null || !isSafe) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `${JSON.stringify(baseUrl)} cannot be the URL of the market.`,
      fix: 'Give an https URL; http is accepted for a market on this machine only.',
    });
  }
  const path = url.pathname.replace(/\/+$/, '');
  return url.origin + (path.endsWith(apiPath) ? path : path + apiPath);
}
