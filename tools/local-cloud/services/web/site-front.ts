import { request as httpRequest } from 'node:http';
import type { StreamedRequest } from '../../src/service.ts';
import { findSite } from './find-site.ts';
import type { WebContext } from './web-context.ts';

/** Passes a request to `NAME.azurewebsites.localhost` on to the site's process. */
export async function handleSiteRequest(
  request: StreamedRequest,
  context: Pick<WebContext, 'resources' | 'sites'>,
): Promise<void> {
  const { incoming, outgoing, name } = request;
  const refuse = (status: number, text: string): void => {
    incoming.resume();
    outgoing.writeHead(status, { 'content-type': 'text/plain' });
    outgoing.end(text);
  };
  const site = findSite(context.resources, name);
  if (site === undefined) {
    refuse(404, `There is no site ${name}. On Azure its host name would not resolve.`);
    return;
  }
  const { url, reason } = await context.sites.status(site.id);
  if (url === null) {
    refuse(503, `Function host is not running. ${reason ?? ''}`);
    return;
  }
  const onward = httpRequest(
    new URL(`${request.path}${request.search}`, url),
    { method: incoming.method, headers: incoming.headers },
    (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(outgoing);
    },
  );
  onward.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else refuse(503, 'Function host is not running.');
  });
  incoming.pipe(onward);
}
