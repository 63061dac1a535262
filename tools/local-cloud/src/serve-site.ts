import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleSiteRequest } from '../services/web/site-front.ts';
import { meetFault } from './control/meet-fault.ts';
import type { DispatchContext } from './dispatch-context.ts';
import { loseAnswer } from './http/lose-answer.ts';
import { errorResponse, writeResponse } from '@mispriced/loopback-server';
import { recordRequest } from './record-request.ts';

/** Puts the fault plan, the record and the log before the function apps' own hosts. */
export async function serveSite(args: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  name: string;
  path: string;
  context: DispatchContext;
}): Promise<void> {
  const { incoming, outgoing, name, path, context } = args;
  const service = 'site';
  const method = incoming.method ?? 'GET';
  const hostname = `${name}.azurewebsites.localhost`;
  outgoing.once('finish', () => {
    recordRequest(context, { service, method, hostname, path, status: outgoing.statusCode });
  });
  const { faults } = context.control;
  const place = `/${name}${path}`;
  const { refusal, isLost } = await meetFault({ faults, service, method, path: place });
  if (refusal !== null) {
    incoming.resume();
    writeResponse(outgoing, errorResponse(refusal));
    return;
  }
  if (isLost) loseAnswer(outgoing);
  await handleSiteRequest({ incoming, outgoing, name, path, context: context.cloud });
}
