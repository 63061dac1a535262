import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { handleSiteRequest } from '../services/web/site-front.ts';
import type { DispatchContext } from './dispatch.ts';

/** Puts the fault plan, the record and the log before the function apps' own hosts. */
export async function serveSite(args: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  name: string;
  path: string;
  context: DispatchContext;
}): Promise<void> {
  const { incoming, outgoing, name, path, context } = args;
  const { control, cloud } = context;
  const method = incoming.method ?? 'GET';
  const hostname = `${name}.azurewebsites.localhost`;
  outgoing.once('finish', () => {
    const status = outgoing.statusCode;
    context.log(`site ${method} ${hostname}${path} ${status}`);
    control.requests.add({
      ...{ service: 'site', method, hostname, path, status },
      ...{ apiVersion: null, body: null },
    });
  });
  const fault = control.faults.take({ service: 'site', method, path: `/${name}${path}` });
  if (fault?.kind === 'slow') await wait(fault.milliseconds);
  if (fault?.kind === 'status') {
    incoming.resume();
    outgoing.writeHead(fault.status, { 'content-type': 'text/plain' });
    outgoing.end(fault.message ?? 'A planned fault of the local cloud.');
    return;
  }
  if (fault?.kind === 'lost') {
    outgoing.writeHead = () => {
      outgoing.destroy();
      return outgoing;
    };
  }
  await handleSiteRequest({ incoming, outgoing, name, path, context: cloud });
}
