import { webError } from './web-error.ts';
import type { WebContext } from './web-context.ts';

/**
 * Whether a site's host answers what the resource manager asks it: keys, functions, a sync. One that
 * could not start, as when its storage does not let it in, has none of them to give.
 *
 * @throws HttpError 400 in the resource manager's own words
 */
export async function checkHostRuntime(context: WebContext, siteId: string): Promise<void> {
  const { state, url } = await context.sites.status(siteId);
  if (state !== 'failed' || url !== null) return;
  throw webError({
    status: 400,
    code: 'BadRequest',
    message: 'Encountered an error (InternalServerError) from host runtime.',
  });
}
