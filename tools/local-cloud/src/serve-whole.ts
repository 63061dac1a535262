import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  errorResponse,
  HttpError,
  type HttpRequest,
  type HttpResponse,
  readRequest,
  writeResponse,
} from '@mispriced/loopback-server';
import type { FaultService } from './control/fault-plan.ts';
import { meetFault } from './control/meet-fault.ts';
import { recordRequest } from './control/record-request.ts';
import type { DispatchContext } from './dispatch-context.ts';

type Service = FaultService | 'control';

/** Who a request is for. */
export interface Found {
  readonly service: Service;
  readonly answer: () => Promise<HttpResponse> | HttpResponse;
  /** Takes a change on which then fails; for what has no such, it is answered as ever. */
  readonly acceptAndFail?: (failure: {
    readonly code: string;
    readonly message: string;
  }) => HttpResponse;
}

/** Reads a request, asks the fault plan and whoever it is for, and notes both sides. */
export async function serveWhole(args: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  context: DispatchContext;
  route: (request: HttpRequest) => Found;
}): Promise<void> {
  const { context, outgoing } = args;
  let service: Service = 'resource-manager';
  let request: HttpRequest | undefined;
  let response: HttpResponse;
  let isLost = false;
  try {
    request = await readRequest(args.incoming);
    const found = args.route(request);
    service = found.service;
    let work = found.answer;
    if (found.service !== 'control') {
      const { faults } = context.control;
      const { method, path } = request;
      const met = await meetFault({ faults, service: found.service, method, path });
      if (met.refusal !== null) throw met.refusal;
      isLost = met.isLost;
      const { failedOperation } = met;
      const { acceptAndFail } = found;
      if (failedOperation !== null && acceptAndFail !== undefined) {
        work = () => acceptAndFail(failedOperation);
      }
    }
    response = await work();
  } catch (error) {
    if (!(error instanceof HttpError)) context.log(`defect: ${String(error)}`);
    response = errorResponse(error);
  }
  if (request !== undefined && service !== 'control') {
    record({ context, service, request, response });
  }
  if (isLost) outgoing.destroy();
  else writeResponse(outgoing, response);
}

function record(args: {
  context: DispatchContext;
  service: Service;
  request: HttpRequest;
  response: HttpResponse;
}): void {
  const { context, service, request, response } = args;
  const { method, hostname, path } = request;
  const hasBody = service === 'resource-manager' && (method === 'PUT' || method === 'PATCH');
  recordRequest(context, {
    service,
    method,
    hostname,
    path,
    status: response.status,
    apiVersion: request.query.get('api-version'),
    body: hasBody ? parsed(request.body) : null,
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
