import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import type { ArmContext } from '../arm/engine/arm-context.ts';

/** Passes a request to `NAME.azurewebsites.localhost` on to the site's process. */
export async function handleSiteRequest(args: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  name: string;
  path: string;
  context: ArmContext;
}): Promise<void> {
  const { incoming, outgoing, context } = args;
  const refuse = (status: number, text: string): void => {
    incoming.resume();
    outgoing.writeHead(status, { 'content-type': 'text/plain' });
    outgoing.end(text);
  };
  const site = context.resources
    .ofType('Microsoft.Web/sites')
    .find((each) => each.name.toLowerCase() === args.name);
  if (site === undefined) {
    refuse(404, `There is no site ${args.name}. On Azure its host name would not resolve.`);
    return;
  }
  const { url, reason } = await context.sites.status(site.id);
  if (url === null) {
    refuse(503, `Function host is not running. ${reason ?? ''}`);
    return;
  }
  const search = /\?.*$/s.exec(incoming.url ?? '')?.[0] ?? '';
  const onward = httpRequest(
    new URL(`${args.path}${search}`, url),
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
